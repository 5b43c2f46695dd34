package org.headscope.window.control;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import org.headscope.figure.Drawing;

/** Shows a {@link Drawing}, such as a legend, as exports draw it. */
public final class DrawingView extends Region {

    private final Canvas canvas = new Canvas();

    public DrawingView() {
        canvas.setManaged(false);
        getChildren().add(canvas);
    }

    public void show(Drawing drawing) {
        if (drawing.width() != canvas.getWidth() || drawing.height() != canvas.getHeight()) {
            canvas.setWidth(drawing.width());
            canvas.setHeight(drawing.height());
            requestLayout();
        }
        setAccessibleText(String.join(", ", drawing.texts()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        drawing.marks().forEach(mark -> Marks.paint(g, mark));
    }

    @Override
    protected double computePrefWidth(double height) {
        return canvas.getWidth();
    }

    @Override
    protected double computePrefHeight(double width) {
        return canvas.getHeight();
    }
}
