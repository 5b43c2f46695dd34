package org.headscope.window.tour;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** A few quiet words that offer the tour, until it is taken or dismissed. */
public final class TourOffer extends HBox {

    /** @param dismissed told once, when it need not be offered again */
    public TourOffer(TourViewModel tour, Runnable dismissed) {
        super(4);
        setId("tour-offer");
        setAlignment(Pos.CENTER_LEFT);
        Hyperlink take = Parts.named(new Hyperlink("Take the tour"),
            "Find the head that remembers a name, in eight steps");
        take.setId("tour-take");
        take.getStyleClass().add("small");
        take.setMinWidth(Region.USE_PREF_SIZE);
        take.setOnAction(event -> tour.start());
        Button dismiss = Parts.iconButton(Icons.CANCEL, "Do not offer this again", this::dismiss);
        dismiss.setId("tour-dismiss");
        getChildren().addAll(Parts.label("New here?", "note"), take, dismiss);
        managedProperty().bind(visibleProperty());
        visibleProperty().addListener((observed, before, now) -> dismissed.run());
        tour.stepProperty().addListener((observed, before, now) -> dismiss());
    }

    private void dismiss() {
        setVisible(false);
    }
}
