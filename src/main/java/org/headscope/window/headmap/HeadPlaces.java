package org.headscope.window.headmap;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import org.headscope.model.Head;
import org.headscope.window.headmap.HeadMapViewModel.Thumbnails;

/**
 * Where heads are in the grid: layers down and heads across, or one after the other by rank, as large as the room for
 * them allows.
 */
final class HeadPlaces {

    static final double LEFT = 28;
    static final double TOP = 20;
    /** All heads are seen at once down to this; smaller ones would show nothing, so that the rest is scrolled to. */
    private static final double SMALLEST = 8;
    static final double LARGEST = 72;
    private static final double LARGEST_RANKED = 88;
    private static final int FEW_HEADS = 8;
    private static final double SCROLL_BAR = 12;
    /** Under a head, for its chip. */
    static final double CHIP_ROOM = 14;
    private static final double ROOM_FOR_CHIPS = 40;
    /** A ranked head's name and score stand under it, side by side. */
    private static final double LEAST_RANKED = 76;

    private Optional<Thumbnails> thumbnails = Optional.empty();
    private HeadOverlay overlay;
    private double width = 256;
    private double room = 1000;

    void show(Optional<Thumbnails> now) {
        thumbnails = now;
    }

    void show(HeadOverlay now) {
        overlay = now;
    }

    /** Returns whether that is another room than before. */
    boolean setRoom(double across, double height) {
        boolean isOther = across != width || height != room;
        width = across;
        room = height;
        return isOther;
    }

    /** The head that a key leads to from another; empty where there is none. */
    Optional<Head> beside(Head from, KeyCode code) {
        int column = column(from);
        int row = row(from);
        return switch (code) {
            case LEFT -> isRanked() ? ranked(place(from) - 1) : in(row, column - 1);
            case RIGHT -> isRanked() ? ranked(place(from) + 1) : in(row, column + 1);
            case UP, PAGE_UP -> in(row - 1, column);
            case DOWN, PAGE_DOWN -> in(row + 1, column);
            case HOME -> in(row, 0);
            case END -> isRanked() ? ranked(Math.min(overlay.ranked().size(), (row + 1) * columns()) - 1)
                : in(row, columns() - 1);
            default -> Optional.empty();
        };
    }

    /** The head in the same column of the next layer; empty where there is none. */
    Optional<Head> below(Head head) {
        return thumbnails.flatMap(there -> within(head.layer() + 1, head.head()));
    }

    /** The middle of a head's thumbnail in this control. */
    Point2D middleOf(Head head) {
        return new Point2D(x(head) + cell() / 2, y(head) + cell() / 2);
    }

    /** Where a head lies, for scrolling to it. */
    Bounds boundsOf(Head head) {
        return new BoundingBox(x(head), y(head), cell(), pitchY());
    }

    // ---- where heads are ----

    boolean isRanked() {
        return overlay != null && !overlay.ranked().isEmpty();
    }

    private Optional<Head> ranked(int place) {
        return place >= 0 && place < overlay.ranked().size() ? Optional.of(overlay.ranked().get(place))
            : Optional.empty();
    }

    private int place(Head head) {
        return Math.max(0, overlay.ranked().indexOf(head));
    }

    private int columns() {
        return isRanked() ? Math.max(1, (int) ((roomAcross() - 4 + gap()) / (LEAST_RANKED + gap())))
            : thumbnails.orElseThrow().heads();
    }

    private int rows() {
        return isRanked() ? (overlay.ranked().size() + columns() - 1) / columns() : thumbnails.orElseThrow().layers();
    }

    private int column(Head head) {
        return isRanked() ? place(head) % columns() : head.head();
    }

    private int row(Head head) {
        return isRanked() ? place(head) / columns() : head.layer();
    }

    private Optional<Head> in(int row, int column) {
        if (row < 0 || column < 0 || column >= columns()) {
            return Optional.empty();
        }
        return isRanked() ? ranked(row * columns() + column) : within(row, column);
    }

    private Optional<Head> within(int layer, int head) {
        return layer >= 0 && head >= 0 && layer < thumbnails.orElseThrow().layers()
            && head < thumbnails.orElseThrow().heads() ? Optional.of(new Head(layer, head)) : Optional.empty();
    }

    // ---- where things are ----

    double gap() {
        return thumbnails.orElseThrow().heads() <= FEW_HEADS || isRanked() ? 6 : 3;
    }

    private double left() {
        return isRanked() ? 2 : LEFT;
    }

    private double top() {
        return isRanked() ? 4 : TOP;
    }

    double cell() {
        double across = cellThatFitsAcross();
        double largest = isRanked() ? LARGEST_RANKED
            : Math.min(LARGEST, cellThatFits(hasRoomForChips() ? CHIP_ROOM : 0));
        return Math.floor(Math.max(SMALLEST, Math.min(largest, across)));
    }

    private double cellThatFitsAcross() {
        return (roomAcross() - left() - 2 - gap() * (columns() - 1)) / columns();
    }

    /** Whether or not there is a scroll bar, since that must not depend on what it makes room for. */
    private double roomAcross() {
        return width - SCROLL_BAR;
    }

    /** The side with which all layers can be seen at once, with so much under each. */
    private double cellThatFits(double under) {
        return (room - TOP - 4) / thumbnails.orElseThrow().layers() - gap() - under;
    }

    double pitchY() {
        boolean under = isRanked() || overlay != null && !overlay.chips().isEmpty() && hasRoomForChips();
        return cell() + gap() + (under ? CHIP_ROOM : 0);
    }

    /** Chips are left out before a head is. */
    boolean hasRoomForChips() {
        return Math.min(cellThatFits(CHIP_ROOM), cellThatFitsAcross()) >= ROOM_FOR_CHIPS;
    }

    double columnX(int column) {
        return left() + column * (cell() + gap());
    }

    double rowY(int row) {
        return top() + row * pitchY();
    }

    double x(Head head) {
        return columnX(column(head));
    }

    double y(Head head) {
        return rowY(row(head));
    }

    /** The head at a point of this control. */
    Optional<Head> at(double x, double y) {
        if (thumbnails.isEmpty() || x < left() || y < top()) {
            return Optional.empty();
        }
        boolean between = (x - left()) % (cell() + gap()) > cell() || (y - top()) % pitchY() > pitchY() - gap();
        return between ? Optional.empty()
            : in((int) ((y - top()) / pitchY()), (int) ((x - left()) / (cell() + gap())));
    }

    /** The heads of the layer or column whose label is there. */
    Optional<List<Head>> labelled(double x, double y) {
        if (thumbnails.isEmpty() || isRanked() || x < left() == y < top()) {
            return Optional.empty();
        }
        boolean isLayer = x < left();
        int place = (int) (isLayer ? (y - top()) / pitchY() : (x - left()) / (cell() + gap()));
        List<Head> heads = IntStream.range(0, isLayer ? columns() : rows())
            .mapToObj(i -> isLayer ? within(place, i) : within(i, place)).flatMap(Optional::stream).toList();
        return Optional.of(heads).filter(some -> !some.isEmpty());
    }

    boolean isThere(Head head) {
        return within(head.layer(), head.head()).isPresent();
    }

    /** Of all of it. */
    double height() {
        return thumbnails.isEmpty() ? TOP : rowY(rows()) + 2;
    }

    /** Of all of it with the smallest heads. */
    double leastWidth() {
        return isRanked() ? LEAST_RANKED + 4 : thumbnails.map(there -> LEFT + 2 + there.heads() * SMALLEST
            + (there.heads() - 1) * gap()).orElse(LEFT);
    }
}
