package org.headscope.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Point;

/**
 * Queries on the left, keys on the right, and a line for the attention between them, the stronger the darker. Up to
 * three heads lie over one another, told apart by colour, dashes and name.
 *
 * @param title what is shown
 * @param caption of which prompt and model; may be empty
 * @param tokens as labels
 * @param maps attention, one a head, of these tokens; not more than {@link #MOST}
 * @param scale how values become strengths; of a signed one the upper half
 * @param quantity what a value is, for the legend
 * @param only the token whose lines are drawn; empty for those of all, as where there is no such token
 */
public record AttentionLines(String title, String caption, List<String> tokens, List<NamedMap> maps, Scale scale,
                             String quantity, Optional<Side> only) implements Picture {

    /** How many heads can be told apart. */
    public static final int MOST = 3;

    private static final Mark.Font TOKEN = new Mark.Font(12, Mark.Weight.REGULAR);
    private static final Mark.Font STRONG = new Mark.Font(12, Mark.Weight.SEMI_BOLD);
    private static final Mark.Font HEADING = new Mark.Font(12, Mark.Weight.MEDIUM);
    private static final double TOP = 28;
    private static final double PITCH = 24;
    /** Long prompts are drawn closer: neither windows nor pictures take any height. */
    private static final double HIGHEST = 6000;
    private static final double LEAST_LABEL_PITCH = 13;
    private static final double WIDEST = 640;
    private static final double LABELS = 112;
    /** The share of the width that the labels of one side may take. */
    private static final double MOST_LABELS = 0.35;
    private static final double GAP = 8;
    private static final double STROKE = 2;
    private static final double LEGEND_WIDTH = 280;
    private static final double SAMPLE = 28;
    /** Fainter lines are not worth their ink. */
    private static final double FAINTEST = 0.02;
    private static final double[][] DASHES = {{}, {7, 4}, {2, 4}};

    /** A column and a place in it. */
    public record Side(boolean isQuery, int position) {
    }

    private record Line(int map, int query, int key, double strength) {
    }

    public AttentionLines {
        tokens = List.copyOf(tokens);
        maps = List.copyOf(maps);
        if (maps.isEmpty() || maps.size() > MOST) {
            throw new IllegalArgumentException("Lines of %d heads cannot be told apart.".formatted(maps.size()));
        }
        int count = tokens.size();
        only = only.filter(side -> side.position() < count);
    }

    /** The same with the lines of another token. */
    public AttentionLines of(Optional<Side> token) {
        return new AttentionLines(title, caption, tokens, maps, scale, quantity, token);
    }

    // ---- where things are ----

    /** The height of the columns with their headings. */
    public double height() {
        return TOP + tokens.size() * pitch() + 4;
    }

    /** The token at a point of what {@link #marks} draws. */
    public Optional<Side> at(double x, double y, double width) {
        int position = (int) Math.floor((y - TOP) / pitch());
        boolean outside = position < 0 || position >= tokens.size();
        boolean query = x <= queryX(width);
        return outside || !query && x < keyX(width) ? Optional.empty() : Optional.of(new Side(query, position));
    }

    private double pitch() {
        return Math.min(PITCH, HIGHEST / tokens.size());
    }

    private static double left(double width) {
        return Math.max(0, (width - WIDEST) / 2);
    }

    private static double queryX(double width) {
        return left(width) + labels(width);
    }

    private static double keyX(double width) {
        return width - left(width) - labels(width);
    }

    private static double labels(double width) {
        return Math.min(LABELS, MOST_LABELS * width);
    }

    private double y(int position) {
        return TOP + position * pitch() + pitch() / 2;
    }

    // ---- drawing ----

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        double left = sketch.margin();
        double width = sketch.inner(WIDEST);
        double top = sketch.heading(new Heading(title, caption), width);
        if (maps.size() > 1) {
            top = drawNames(sketch, left, top) + Sketch.UNIT;
        }
        draw(sketch, left, top, width);
        Sketch below = new Sketch(page.with(strengths(page.theme())));
        double bottom = below.ownLineLegend(legend(), left + queryX(width), top + height() - Sketch.UNIT,
            Math.min(LEGEND_WIDTH, width - queryX(width)));
        below.marks().forEach(sketch::add);
        return sketch.finished(title, width + 2 * left, bottom + left);
    }

    /** The columns and their lines alone, from the origin on. */
    public List<Mark> marks(Theme theme, double width) {
        Sketch sketch = new Sketch(theme);
        draw(sketch, 0, 0, width);
        return sketch.finished(title, width, height()).marks();
    }

    /** What the strength of the first head's lines means. */
    public Drawing legend(Theme theme, double width) {
        return legend().draw(strengths(theme), width);
    }

    private void draw(Sketch sketch, double x, double y, double width) {
        int muted = sketch.theme().muted();
        sketch.centredText(x + queryX(width) - GAP, y + TOP / 2, "Query", HEADING, Anchor.END, muted);
        sketch.centredText(x + keyX(width) + GAP, y + TOP / 2, "Key", HEADING, Anchor.START, muted);
        for (Line line : lines()) {
            drawLine(sketch, line.map(), line.strength(), new Point(x + queryX(width), y + y(line.query())),
                new Point(x + keyX(width), y + y(line.key())));
        }
        int every = (int) Math.ceil(LEAST_LABEL_PITCH / pitch());
        for (int position = 0; position < tokens.size(); position++) {
            for (Side side : List.of(new Side(true, position), new Side(false, position))) {
                if (position % every == 0 || isOnly(side)) {
                    drawToken(sketch, side, x + (side.isQuery() ? queryX(width) - GAP : keyX(width) + GAP),
                        y + y(position), labels(width) - GAP);
                }
            }
        }
    }

    private void drawToken(Sketch sketch, Side side, double x, double middle, double room) {
        Mark.Font font = isOnly(side) ? STRONG : TOKEN;
        sketch.centredText(x, middle, Typeface.fitted(tokens.get(side.position()), font, room), font,
            side.isQuery() ? Anchor.END : Anchor.START, isOnly(side) ? sketch.theme().accent() : sketch.theme().ink());
    }

    private boolean isOnly(Side side) {
        return only.filter(side::equals).isPresent();
    }

    /** The faintest first, so that stronger ones lie above. */
    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int map = 0; map < maps.size(); map++) {
            Matrix matrix = maps.get(map).matrix();
            for (int query = 0; query < matrix.rows(); query++) {
                for (int key = 0; key <= query; key++) {
                    double strength = isShown(matrix, query, key)
                        ? strengths().position(matrix.value(query, key), matrix.rowMax(query)) : 0;
                    if (strength >= FAINTEST) {
                        lines.add(new Line(map, query, key, strength));
                    }
                }
            }
        }
        lines.sort(Comparator.comparingDouble(Line::strength));
        return lines;
    }

    private boolean isShown(Matrix matrix, int query, int key) {
        return matrix.hasValue(query, key)
            && only.map(side -> (side.isQuery() ? query : key) == side.position()).orElse(true);
    }

    /** Of a signed scale the upper half. */
    private Scale strengths() {
        return scale.isSigned() ? Scale.upTo(scale.max()) : scale;
    }

    private static void drawLine(Sketch sketch, int map, double strength, Point from, Point to) {
        int color = strengths(sketch.theme(), map).at(strength);
        double[] dashes = DASHES[map];
        if (dashes.length == 0) {
            sketch.add(new Mark.Path(List.of(from, to), Rgb.TRANSPARENT, color, STROKE));
            return;
        }
        double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
        for (double at = 0; at < length; at += dashes[0] + dashes[1]) {
            sketch.add(new Mark.Path(List.of(between(from, to, at / length),
                between(from, to, Math.min(1, (at + dashes[0]) / length))), Rgb.TRANSPARENT, color, STROKE));
        }
    }

    private static Point between(Point from, Point to, double share) {
        return new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
    }

    // ---- what colours and dashes mean ----

    private Legend legend() {
        // What is masked or hidden has no lines, and what lies beyond the scale none that are stronger.
        return new Legend(quantity + ", as strength of the line", strengths(), Set.of(), 0, 0);
    }

    private static Theme strengths(Theme theme) {
        return theme.withSequential(strengths(theme, 0));
    }

    private static ColorMap strengths(Theme theme, int map) {
        return ColorMap.between(theme.background(), color(theme, map));
    }

    /** A head's colour, by its place; told apart from the colours of runs, which mean something else. */
    private static int color(Theme theme, int map) {
        boolean dark = Rgb.lightness(theme.background()) < 50;
        return switch (map) {
            case 0 -> theme.accent();
            case 1 -> Rgb.of(dark ? "#ff8fb8" : "#c2185b");
            default -> Rgb.of(dark ? "#b8d34a" : "#5c6f00");
        };
    }

    /** Whose lines are which, as large as it takes. */
    public Drawing names(Theme theme) {
        Sketch sketch = new Sketch(theme);
        double bottom = drawNames(sketch, 0, 0);
        double width = maps.stream().mapToDouble(map -> nameWidth(map.name())).sum();
        return sketch.finished(title, width, bottom);
    }

    private double drawNames(Sketch sketch, double left, double top) {
        double x = left;
        double middle = top + Sketch.UNIT;
        for (int map = 0; map < maps.size(); map++) {
            drawLine(sketch, map, 1, new Point(x, middle), new Point(x + SAMPLE, middle));
            sketch.centredText(x + SAMPLE + 6, middle, maps.get(map).name(), TOKEN, Anchor.START,
                sketch.theme().ink());
            x += nameWidth(maps.get(map).name());
        }
        return top + 2 * Sketch.UNIT;
    }

    private static double nameWidth(String name) {
        return SAMPLE + 6 + Typeface.width(name, TOKEN) + 2 * Sketch.UNIT;
    }

    /** The strongest line of a token in each head, in words. */
    public String words(Side side) {
        StringBuilder words = new StringBuilder("%s (%d)".formatted(tokens.get(side.position()), side.position()));
        for (NamedMap map : maps) {
            IntStream.range(0, tokens.size()).filter(other -> hasValue(map.matrix(), side, other)).boxed()
                .max(Comparator.comparing(other -> value(map.matrix(), side, other)))
                .ifPresent(best -> words.append("; %s %s %s (%d), %s".formatted(map.name(), side.isQuery()
                    ? "attends most to" : "is most attended by", tokens.get(best), best,
                    Numbers.brief(value(map.matrix(), side, best)))));
        }
        return words.toString();
    }

    private static boolean hasValue(Matrix matrix, Side side, int other) {
        int query = side.isQuery() ? side.position() : other;
        int key = side.isQuery() ? other : side.position();
        return key <= query && matrix.hasValue(query, key);
    }

    private static float value(Matrix matrix, Side side, int other) {
        return side.isQuery() ? matrix.value(side.position(), other) : matrix.value(other, side.position());
    }

    /** A line for every value of the lines that are drawn, whatever its strength. */
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("head", "query", "query token", "key", "key token",
            "value")));
        for (NamedMap map : maps) {
            for (int query = 0; query < map.matrix().rows(); query++) {
                for (int key = 0; key <= query; key++) {
                    if (isShown(map.matrix(), query, key)) {
                        rows.add(List.of(map.name(), Integer.toString(query), tokens.get(query),
                            Integer.toString(key), tokens.get(key), Float.toString(map.matrix().value(query, key))));
                    }
                }
            }
        }
        return rows;
    }
}
