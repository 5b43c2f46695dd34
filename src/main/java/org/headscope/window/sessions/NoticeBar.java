package org.headscope.window.sessions;

import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Parts;

/** Says what became of a session, until a person has read it. Takes no room while there is nothing to say. */
public final class NoticeBar extends HBox {

    private final Label text = new Label();
    private final HBox offers = new HBox();

    /** Its place, which is filled when there is something to say. */
    public static Node in(Late late, SessionsViewModel model) {
        LatePart<NoticeBar> place = late.part(() -> new NoticeBar(model));
        Parts.hideWhile(place, model.noticeProperty().map(Optional::isEmpty));
        return place;
    }

    private NoticeBar(SessionsViewModel model) {
        setId("notice");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("notice");
        text.setId("notice-text");
        text.setWrapText(true);
        text.setMinWidth(0);
        offers.setAlignment(Pos.CENTER_LEFT);
        offers.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(text, offers, Parts.spacer(), Parts.iconButton(Icons.CANCEL, "Dismiss", model::dismiss));
        model.noticeProperty().addListener((observed, before, now) -> now.ifPresent(this::show));
        model.noticeProperty().get().ifPresent(this::show);
    }

    private void show(Notice notice) {
        text.setText(notice.text());
        offers.getChildren().setAll(notice.offers().stream().map(NoticeBar::link).toList());
    }

    private static Hyperlink link(Notice.Offer made) {
        Hyperlink link = new Hyperlink(made.label());
        link.setId("notice-" + made.label().replaceAll("\\W+", "-").toLowerCase(Locale.ROOT));
        link.setOnAction(event -> made.run().run());
        return link;
    }
}
