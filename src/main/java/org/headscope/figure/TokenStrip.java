package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** A prompt as it reads, line by line, each token on the colour of its number. One row of cells, one a token. */
public final class TokenStrip extends Chart {

    private static final double OWN_WIDTH = 560;
    private static final double LEAST_WIDTH = 160;
    private static final double WIDEST_LEGEND = 320;
    private static final double LEGEND = 48;
    private static final double HEIGHT = 22;
    private static final double PITCH = 24;
    private static final double BETWEEN = 2;
    private static final double PADDING = 5;
    private static final double LEAST_TOKEN = 22;
    private static final double ROUND = 3;

    private final List<String> tokens;
    private final double[] widths;
    private final Matrix values;
    private final Scale scale;
    private final String quantity;

    /**
     * @param tokens as labels
     * @param values one a token, [1, T]
     * @param scale how values become colours
     * @param quantity what a value is, for the legend
     */
    public TokenStrip(String title, String caption, List<String> tokens, Matrix values, Scale scale, String quantity) {
        super(title, caption);
        if (values.rows() != 1 || values.columns() != tokens.size()) {
            throw new IllegalArgumentException("%d tokens need one row of as many values.".formatted(tokens.size()));
        }
        this.tokens = List.copyOf(tokens);
        this.widths = tokens.stream().mapToDouble(token -> Math.max(LEAST_TOKEN,
            Typeface.width(token, LABEL) + 2 * PADDING)).toArray();
        this.values = values;
        this.scale = scale;
        this.quantity = quantity;
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int columns() {
        return tokens.size();
    }

    /** The token in a cell. */
    public String token(Cell cell) {
        return tokens.get(cell.column());
    }

    /** The number of a cell. */
    public float value(Cell cell) {
        return values.value(0, cell.column());
    }

    @Override
    public double leastHeight() {
        return PITCH + LEGEND;
    }

    @Override
    double ownWidth() {
        return OWN_WIDTH;
    }

    @Override
    double ownHeight() {
        return heightFor(OWN_WIDTH);
    }

    @Override
    public double heightFor(double width) {
        Area last = areas(width).get(tokens.size() - 1);
        return last.y() + PITCH + LEGEND;
    }

    @Override
    double legendHeight() {
        return LEGEND;
    }

    @Override
    public Area area(Cell cell, double width, double height) {
        return areas(width).get(cell.column());
    }

    @Override
    public Optional<Cell> at(double x, double y, double width, double height) {
        // Where one token lies depends on all before it, so that to ask for each anew would take long.
        List<Area> areas = areas(width);
        return IntStream.range(0, areas.size()).filter(token -> areas.get(token).contains(new Point(x, y))).boxed()
            .findFirst().map(token -> new Cell(0, token));
    }

    /** Where the tokens lie, in lines that are no longer than the width. */
    private List<Area> areas(double width) {
        double room = Math.max(LEAST_WIDTH, width);
        List<Area> areas = new ArrayList<>(widths.length);
        double x = 0;
        double y = 0;
        for (double wanted : widths) {
            double wide = Math.min(wanted, room);
            if (x > 0 && x + wide > room) {
                x = 0;
                y += PITCH;
            }
            areas.add(new Area(x, y, wide, HEIGHT));
            x += wide + BETWEEN;
        }
        return areas;
    }

    @Override
    void paint(Sketch sketch, Area room) {
        List<Area> areas = areas(room.width());
        for (int token = 0; token < areas.size(); token++) {
            Area own = areas.get(token);
            paint(sketch, token, new Area(room.x() + own.x(), room.y() + own.y(), own.width(), own.height()));
        }
        if (sketch.page().shows(Page.Part.LEGEND)) {
            double bottom = room.y() + areas.get(areas.size() - 1).y() + PITCH;
            Legend.of(quantity, scale, List.of(values)).draw(sketch, room.x(), bottom + Sketch.UNIT,
                Math.min(WIDEST_LEGEND, room.width()));
        }
    }

    private void paint(Sketch sketch, int token, Area area) {
        int color = sketch.theme().shading(scale).argb(values.value(0, token), values.rowMax(0));
        sketch.add(new Mark.Box(area, ROUND, color, sketch.theme().axis(), 0.5));
        sketch.centredText(area.x() + area.width() / 2, area.y() + area.height() / 2,
            Typeface.fitted(tokens.get(token), LABEL, area.width() - PADDING), LABEL, Anchor.MIDDLE, Rgb.inkOn(color));
    }
}
