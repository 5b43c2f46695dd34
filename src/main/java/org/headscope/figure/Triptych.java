package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.refusal.Refusal;

/**
 * One head in two runs and what differs: clean, corrupt, clean minus corrupt. The first two share a scale; blue in the
 * third is more attention in the clean run.
 *
 * @param title           what is shown
 * @param caption         of which model; may be empty
 * @param cleanPrompt     the text of the clean run
 * @param corruptPrompt   the text of the corrupt run
 * @param cleanTokens     its tokens, already visible
 * @param corruptTokens   those of the corrupt run
 * @param clean           the head's attention in the clean run
 * @param corrupt         the head's attention in the corrupt run, of the same shape
 * @param scale           for the first two; not signed
 * @param differenceScale for the third; signed
 * @param selected        a cell to ring in all three, or null
 * @param quantity        what a value is, for the legend
 */
public record Triptych(
        String title,
        String caption,
        String cleanPrompt,
        String corruptPrompt,
        List<String> cleanTokens,
        List<String> corruptTokens,
        Matrix clean,
        Matrix corrupt,
        Scale scale,
        Scale differenceScale,
        Cell selected,
        String quantity) implements Figure {

    private static final double SMALL = 192;
    private static final double LARGE = 256;
    private static final double GAP = 3 * Sketch.UNIT;
    private static final double NAME_ROOM = 2 * Sketch.UNIT;
    private static final double NARROWEST = 160;
    /** The narrowest plot that may have others beside it, where the width is given. */
    private static final double LEAST_BESIDE = 88;
    private static final String DIFFERENCE = "Clean \u2212 corrupt";

    /** @throws Refusal if the runs have different numbers of tokens, so that there is no difference to take */
    public Triptych {
        cleanTokens = List.copyOf(cleanTokens);
        corruptTokens = List.copyOf(corruptTokens);
        if (cleanTokens.size() != corruptTokens.size()) {
            throw new Refusal("The clean prompt has " + cleanTokens.size() + " tokens and the corrupt one "
                    + corruptTokens.size() + "; make them equally long to compare their attention.");
        }
        clean.requireLabels(Axis.queries(cleanTokens), Axis.keys(cleanTokens));
        corrupt.requireLabels(Axis.queries(corruptTokens), Axis.keys(corruptTokens));
    }

    /** Of plain attention. */
    public Triptych(String title, String caption, String cleanPrompt, String corruptPrompt, List<String> cleanTokens,
                    List<String> corruptTokens, Matrix clean, Matrix corrupt, Scale scale, Scale differenceScale,
                    Cell selected) {
        this(title, caption, cleanPrompt, corruptPrompt, cleanTokens, corruptTokens, clean, corrupt, scale,
                differenceScale, selected, "Attention");
    }

    /** The same with one cell ringed, its labels and its values named. */
    public Triptych withSelected(Cell cell) {
        return new Triptych(title, caption, cleanPrompt, corruptPrompt, cleanTokens, corruptTokens, clean, corrupt,
                scale, differenceScale, cell, quantity);
    }

    /** Clean minus corrupt; the rows before the first token that differs are identical by causality. */
    public Matrix difference() {
        int same = 0;
        while (same < cleanTokens.size() && cleanTokens.get(same).equals(corruptTokens.get(same))) {
            same++;
        }
        return clean.minus(corrupt).withIdenticalRowsBefore(clean.isCausal() ? same : 0);
    }

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        Matrix difference = difference();
        List<Panel.Content> contents = List.of(content(clean, scale, cleanTokens), content(corrupt, scale,
            corruptTokens), content(difference, differenceScale, bothTokens()));
        double each = (sketch.inner(0) - 2 * GAP) / 3;
        List<Panel> panels = contents.stream().map(content -> page.isFixed() ? Panel.within(each, content, page)
            : Panel.natural(content, page, SMALL, LARGE)).toList();
        boolean below = page.isFixed() && panels.stream().anyMatch(panel -> panel.plotWidth() < LEAST_BESIDE);
        return below ? stacked(sketch, difference, contents) : beside(sketch, difference, panels);
    }

    private Drawing beside(Sketch sketch, Matrix difference, List<Panel> panels) {
        double inner = sketch.inner(panels.stream().mapToDouble(panel -> room(panel, sketch)).sum()
            + (panels.size() - 1) * GAP);
        double top = sketch.heading(heading(difference, sketch.page()), inner) + NAME_ROOM;
        double labelRoom = panels.stream().mapToDouble(Panel::labelRoom).max().orElseThrow();
        List<Double> lefts = place(sketch, panels, top, labelRoom);
        double plotHeight = panels.stream().mapToDouble(Panel::plotHeight).max().orElseThrow();
        double below = top + plotHeight + Panel.below(labelRoom);
        double sharedWidth = lefts.get(1) - lefts.get(0) + plotRoom(panels.get(1), sketch);
        double shared = sketch.legend(sharedLegend(), lefts.get(0), below, sharedWidth);
        double own = sketch.legend(ownLegend(difference), lefts.get(2), below, plotRoom(panels.get(2), sketch));
        return sketch.finished(title, inner + 2 * sketch.margin(), Math.max(shared, own) + sketch.margin());
    }

    /** The three below one another, for a page that is too narrow for them to stand side by side. */
    private Drawing stacked(Sketch sketch, Matrix difference, List<Panel.Content> contents) {
        double inner = sketch.inner(0);
        double y = sketch.heading(heading(difference, sketch.page()), inner);
        for (int i = 0; i < contents.size(); i++) {
            Panel panel = Panel.within(inner, contents.get(i), sketch.page());
            double left = sketch.margin() + panel.left();
            y += NAME_ROOM;
            name(sketch, i, left, y - Sketch.UNIT);
            panel.draw(sketch, left, y, false);
            y += panel.plotHeight() + Panel.below(panel.labelRoom());
            if (i > 0) {
                y = sketch.ownLineLegend(i == 1 ? sharedLegend() : ownLegend(difference), left, y,
                    inner - panel.left());
            }
            y += i < 2 ? GAP : 0;
        }
        return sketch.finished(title, inner + 2 * sketch.margin(), y + sketch.margin());
    }

    private Legend sharedLegend() {
        return Legend.of(quantity, scale, List.of(clean, corrupt));
    }

    private Legend ownLegend(Matrix difference) {
        return Legend.of("Difference", differenceScale, List.of(difference));
    }

    @Override
    public List<NamedMap> maps() {
        return List.of(new NamedMap("clean", clean), new NamedMap("corrupt", corrupt),
                new NamedMap("difference", difference()));
    }

    @Override
    public Axis rows() {
        return Axis.queries(bothTokens());
    }

    @Override
    public Axis columns() {
        return Axis.keys(bothTokens());
    }

    @Override
    public String mapKey() {
        return "map";
    }

    private Heading heading(Matrix difference, Page page) {
        List<Heading.Note> notes = new ArrayList<>();
        notes.add(new Heading.Note(Run.CLEAN, cleanPrompt));
        notes.add(new Heading.Note(Run.CORRUPT, corruptPrompt));
        if (!caption.isEmpty()) {
            notes.add(Heading.Note.of(caption));
        }
        if (page.marked(selected) != null) {
            notes.add(Heading.Note.of(selection(difference)));
        }
        return new Heading(title, notes);
    }

    private String selection(Matrix difference) {
        int row = selected.row();
        int column = selected.column();
        List<String> tokens = bothTokens();
        return "Ringed: " + tokens.get(row) + " (" + row + ") \u2192 " + tokens.get(column) + " (" + column
                + "): clean " + clean.described(row, column) + ", corrupt " + corrupt.described(row, column)
                + ", difference " + difference.described(row, column);
    }

    /** Draws the panels from left to right, their plots at {@code y}, and gives the left edges of the plots. */
    private static List<Double> place(Sketch sketch, List<Panel> panels, double y, double labelRoom) {
        List<Double> lefts = new ArrayList<>();
        double x = sketch.margin();
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            double left = x + panel.left();
            name(sketch, i, left, y - Sketch.UNIT);
            panel.drawPlot(sketch, left, y, false);
            panel.drawRowLabels(sketch, left, y);
            panel.drawColumnLabels(sketch, left, y, labelRoom);
            lefts.add(left);
            x += room(panel, sketch) + GAP;
        }
        return lefts;
    }

    private static void name(Sketch sketch, int panel, double left, double baseline) {
        if (panel == 2) {
            sketch.text(left, baseline, DIFFERENCE, Sketch.PANEL_TITLE, Anchor.START, sketch.theme().ink());
        } else {
            Run run = panel == 0 ? Run.CLEAN : Run.CORRUPT;
            sketch.add(run.marker(left + 4, baseline - 4, 7, sketch.theme()));
            sketch.text(left + 12, baseline, run.word(), Sketch.PANEL_TITLE, Anchor.START, run.color(sketch.theme()));
        }
    }

    private static double room(Panel panel, Sketch sketch) {
        return panel.left() + plotRoom(panel, sketch);
    }

    private static double plotRoom(Panel panel, Sketch sketch) {
        return sketch.page().isFixed() ? panel.plotWidth() : Math.max(panel.plotWidth(), NARROWEST);
    }

    private Panel.Content content(Matrix matrix, Scale shown, List<String> tokens) {
        return new Panel.Content(matrix, shown, Axis.queries(tokens), Axis.keys(tokens), selected);
    }

    /** The tokens of both runs where they agree, else both with a stroke between. */
    private List<String> bothTokens() {
        List<String> both = new ArrayList<>();
        for (int i = 0; i < cleanTokens.size(); i++) {
            String token = cleanTokens.get(i);
            both.add(token.equals(corruptTokens.get(i)) ? token : token + " / " + corruptTokens.get(i));
        }
        return both;
    }
}
