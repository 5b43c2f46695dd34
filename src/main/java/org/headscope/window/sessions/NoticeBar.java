package org.headscope.window.sessions;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** Says what became of a session, until a person has read it. Takes no room while there is nothing to say. */
public final class NoticeBar extends HBox {

    private final Label text = new Label();
    private final Hyperlink offer = new Hyperlink();

    public NoticeBar(SessionsViewModel model) {
        setId("notice");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("notice");
        text.setId("notice-text");
        text.setWrapText(true);
        offer.setId("notice-offer");
        getChildren().addAll(text, offer, Parts.spacer(), Parts.iconButton(Icons.CANCEL, "Dismiss", model::dismiss));
        Parts.hideWhile(this, model.noticeProperty().map(Optional::isEmpty));
        model.noticeProperty().addListener((observed, before, now) -> now.ifPresent(this::show));
        model.noticeProperty().get().ifPresent(this::show);
    }

    private void show(Notice notice) {
        text.setText(notice.text());
        notice.offer().ifPresent(made -> {
            offer.setText(made.label());
            offer.setOnAction(event -> made.run().run());
        });
        offer.setVisible(notice.offer().isPresent());
        offer.setVisited(false);
    }
}
