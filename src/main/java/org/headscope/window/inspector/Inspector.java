package org.headscope.window.inspector;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.detect.DetectViewModel;

/**
 * The right region: what is patched, what that does to the logits, what the pointed-at tokens attend to, and what the
 * head does.
 */
public final class Inspector extends VBox {

    public Inspector(Workbench workbench, ViewState view, DetectViewModel detect) {
        getStyleClass().add("inspector");
        setId("inspector");
        setMinWidth(288);
        ReadoutPane readouts = new ReadoutPane(workbench);
        TitledPane readout = pane("", readouts);
        readout.textProperty().bind(readouts.titleProperty());
        VBox panes = new VBox(pane("Patch", new PatchPane(workbench)), readout,
            pane("Token", new TokenPane(workbench, view)));
        panes.getChildren().add(pane("Head facts", new HeadFactsPane(workbench, view, detect)));
        panes.setMinWidth(0);
        ScrollPane scroll = new ScrollPane(panes);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
    }

    private static TitledPane pane(String title, Node body) {
        TitledPane pane = new TitledPane(title, body);
        pane.setAnimated(false);
        // A long title is cut rather than the numbers under it.
        pane.setMinWidth(0);
        pane.getStyleClass().add("dense");
        return pane;
    }
}
