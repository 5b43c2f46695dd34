package org.headscope.window.inspector;

import java.util.Optional;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.window.Older;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.detect.DetectViewModel;

/**
 * The right region: what is patched, what that does to the logits, what the pointed-at tokens attend to, and what the
 * head does.
 */
public final class Inspector extends VBox {

    public static final double LEAST_WIDTH = 288;

    private final PatchPane patches;
    private final ReadoutPane readouts;
    private final TokenPane token;
    private final HeadFactsPane facts;

    public Inspector(Workbench workbench, ViewState view, DetectViewModel detect) {
        getStyleClass().add("inspector");
        setId("inspector");
        setMinWidth(LEAST_WIDTH);
        this.patches = new PatchPane(workbench);
        this.readouts = new ReadoutPane(workbench);
        this.token = new TokenPane(workbench, view);
        this.facts = new HeadFactsPane(workbench, view, detect);
        BooleanBinding olderRuns = Older.runs(workbench);
        BooleanBinding olderMaps = Older.maps(workbench);
        Older.dim(token, olderMaps);
        Older.dim(facts, olderRuns);
        VBox panes = new VBox(pane("Patch", patches), pane(Older.tagged(readouts.titleProperty(), olderRuns), readouts),
            pane(Older.tagged("Token", olderMaps), token), pane(Older.tagged("Head facts", olderRuns), facts));
        panes.setMinWidth(0);
        ScrollPane scroll = new ScrollPane(panes);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
    }

    /** What is put in, and into which run. */
    public Node patches() {
        return patches;
    }

    /** The watched tokens. */
    public Node readouts() {
        return readouts;
    }

    /** The watched tokens' numbers, tab-separated with every digit; empty before the first run. */
    public Optional<String> readoutText() {
        return readouts.text();
    }

    /** What a token has to do with others. */
    public Node token() {
        return token;
    }

    /** What is read at that token, tab-separated; empty before the first run. */
    public Optional<String> tokenText() {
        return token.text();
    }

    /** What the head that is looked at does. */
    public Node headFacts() {
        return facts;
    }

    private static TitledPane pane(ObservableValue<String> title, Node body) {
        TitledPane pane = pane("", body);
        pane.textProperty().bind(title);
        return pane;
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
