package org.headscope.window.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.shape.SVGPath;

/** The sign of a run: a colour, a shape and a word, so that nobody has to tell them by colour. */
public enum RunMark {
    CLEAN("Clean", "run-clean", "M4,0 A4,4 0 1,1 3.99,0 Z"),
    CORRUPT("Corrupt", "run-corrupt", "M4,0 L8,8 L0,8 Z"),
    PATCHED("Patched", "run-patched", "M4,0 L8,4 L4,8 L0,4 Z");

    private final String word;
    private final String style;
    private final String outline;

    RunMark(String word, String style, String outline) {
        this.word = word;
        this.style = style;
        this.outline = outline;
    }

    public Node shape() {
        SVGPath shape = new SVGPath();
        shape.setContent(outline);
        shape.getStyleClass().add(style);
        return shape;
    }

    /** Shape and word. */
    public Label label() {
        Label label = Parts.label(word, "strong", style);
        label.setGraphic(shape());
        label.setGraphicTextGap(6);
        return label;
    }
}
