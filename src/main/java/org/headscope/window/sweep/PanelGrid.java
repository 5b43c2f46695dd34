package org.headscope.window.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/** Equal panels in as many columns as make their maps largest. */
final class PanelGrid extends Region {

    private static final double GAP = 8;
    /** Below this cells can hardly be told apart; then the panels are scrolled. */
    private static final double LEAST_CELL = 4;
    private static final double WIDEST_LEAST = 200;
    private static final double HIGHEST_LEAST = 240;
    /** What a panel's name and labels take of its room, roughly. */
    private static final double BESIDE = 32;
    private static final double BELOW = 64;

    private List<? extends Region> panels = List.of();
    private int rows = 1;
    private int columns = 1;

    /** @param mapRows of every panel's map */
    void show(List<? extends Region> now, int mapRows, int mapColumns) {
        rows = mapRows;
        columns = mapColumns;
        if (!now.equals(panels)) {
            panels = List.copyOf(now);
            getChildren().setAll(panels);
        }
        requestLayout();
    }

    /** Of those arrangements that fit in the one with the largest cells; if none does, as many as fit across. */
    private int across(double width, double height) {
        int most = most(width);
        return IntStream.rangeClosed(1, most).filter(across -> leastHeight(across) <= height + 1).boxed()
            .max(Comparator.comparingDouble(across -> cell(across, width, height))).orElse(most);
    }

    private int most(double width) {
        return (int) Math.max(1, Math.min(panels.size(), (width + GAP) / (leastWidth() + GAP)));
    }

    private double leastWidth() {
        return Math.min(WIDEST_LEAST, BESIDE + LEAST_CELL * columns);
    }

    private double leastHeight() {
        return Math.min(HIGHEST_LEAST, BELOW + LEAST_CELL * rows);
    }

    private double leastHeight(int across) {
        return down(across) * (leastHeight() + GAP) - GAP;
    }

    /** How large a cell comes out. */
    private double cell(int across, double width, double height) {
        return Math.min((panelWidth(across, width) - BESIDE) / columns,
            (panelHeight(across, height) - BELOW) / rows);
    }

    private int down(int across) {
        return (panels.size() + across - 1) / across;
    }

    private double panelWidth(int across, double width) {
        return Math.floor((width - (across - 1) * GAP) / across);
    }

    private double panelHeight(int across, double height) {
        int down = down(across);
        return Math.max(leastHeight(), Math.floor((height - (down - 1) * GAP) / down));
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    /** What the smallest panels need, side by side as far as there is room. */
    @Override
    protected double computeMinHeight(double width) {
        return leastHeight(most(width));
    }

    @Override
    protected double computeMinWidth(double height) {
        return leastWidth();
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width);
    }

    @Override
    protected void layoutChildren() {
        int across = across(getWidth(), getHeight());
        double width = panelWidth(across, getWidth());
        double height = panelHeight(across, getHeight());
        for (int i = 0; i < panels.size(); i++) {
            panels.get(i).resizeRelocate(i % across * (width + GAP), i / across * (height + GAP), width, height);
        }
    }
}
