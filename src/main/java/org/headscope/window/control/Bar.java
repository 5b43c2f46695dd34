package org.headscope.window.control;

import javafx.scene.layout.Region;

/** A thin horizontal bar, filled by a share from 0 to 1. */
public final class Bar extends Region {

    private static final double HEIGHT = 8;

    private final Region filled = new Region();
    private double share;

    public Bar(String... styles) {
        getStyleClass().addAll(styles);
        filled.getStyleClass().add("filled");
        getChildren().add(filled);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
    }

    public void setShare(double value) {
        share = Math.max(0, Math.min(1, value));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        filled.resizeRelocate(0, 0, Math.round(getWidth() * share), getHeight());
    }
}
