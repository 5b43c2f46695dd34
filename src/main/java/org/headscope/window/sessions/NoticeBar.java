package org.headscope.window.sessions;

import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** Says what became of a session, until a person has read it. Takes no room while there is nothing to say. */
public final class NoticeBar extends HBox {

    private final Label text = new Label();
    private final HBox offers = new HBox();

    public NoticeBar(SessionsViewModel model) {
        setId("notice");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("notice");
        text.setId("notice-text");
        text.setWrapText(true);
        text.setMinWidth(0);
        offers.setAlignment(Pos.CENTER_LEFT);
        offers.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(text, offers, Parts.spacer(), Parts.iconButton(Icons.CANCEL, "Dismiss", model::dismiss));
        Parts.hideWhile(this, model.noticeProperty().map(Optional::isEmpty));
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
