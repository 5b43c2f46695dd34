package org.headscope.figure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.headscope.refusal.Refusal;

/**
 * How a figure is to come out, as a person says it.
 *
 * @param millimetres the width in print, or 0 for as wide as the figure likes to be
 * @param dotsPerInch of a PNG
 * @param points      the size of labels
 * @param colors      for probabilities and norms
 * @param dark        dark colours, for slides; light ones go on paper
 * @param slant       how labels under columns are turned
 * @param parts       what is shown beside the values
 */
public record FigureOptions(double millimetres, double dotsPerInch, double points, Colors colors, boolean dark,
                            Page.Slant slant, Set<Page.Part> parts) {

    /** The size of labels where none is chosen. */
    public static final double USUAL_POINTS = 7.5;

    private static final double UNITS_PER_MILLIMETRE = 96 / 25.4;

    public FigureOptions {
        parts = parts.isEmpty() ? EnumSet.noneOf(Page.Part.class) : EnumSet.copyOf(parts);
    }

    /** As wide as it likes to be, light, everything shown, as sharp as screens of high density. */
    public static FigureOptions usual() {
        return new FigureOptions(0, Resolution.SCREEN.dotsPerInch(), USUAL_POINTS, Colors.BLUES, false,
            Page.Slant.FITTING, EnumSet.allOf(Page.Part.class));
    }

    public FigureOptions withMillimetres(double wide) {
        return new FigureOptions(wide, dotsPerInch, points, colors, dark, slant, parts);
    }

    public FigureOptions withDotsPerInch(double dots) {
        return new FigureOptions(millimetres, dots, points, colors, dark, slant, parts);
    }

    public FigureOptions withPoints(double size) {
        return new FigureOptions(millimetres, dotsPerInch, size, colors, dark, slant, parts);
    }

    public FigureOptions withColors(Colors map) {
        return new FigureOptions(millimetres, dotsPerInch, points, map, dark, slant, parts);
    }

    public FigureOptions withDark(boolean now) {
        return new FigureOptions(millimetres, dotsPerInch, points, colors, now, slant, parts);
    }

    public FigureOptions withSlant(Page.Slant now) {
        return new FigureOptions(millimetres, dotsPerInch, points, colors, dark, now, parts);
    }

    /** The same with a part shown or left out. */
    public FigureOptions with(Page.Part part, boolean shown) {
        Set<Page.Part> now = EnumSet.noneOf(Page.Part.class);
        now.addAll(parts);
        if (shown) {
            now.add(part);
        } else {
            now.remove(part);
        }
        return new FigureOptions(millimetres, dotsPerInch, points, colors, dark, slant, now);
    }

    /**
     * The page that a picture is drawn on.
     *
     * @throws Refusal if no figure fits these sizes
     */
    public Page page() {
        require(millimetres == 0 || millimetres >= 20 && millimetres <= 1000, "A figure can be 20 to 1000 mm wide, "
            + "not %s; choose another width.", millimetres);
        require(points >= 3 && points <= 72, "Labels can have 3 to 72 points, not %s; choose another size.", points);
        double width = millimetres * UNITS_PER_MILLIMETRE;
        double scale = points / USUAL_POINTS;
        require(Page.holds(width, scale), "Labels of %s points leave no room for a figure in %s mm; choose smaller "
            + "ones or a wider figure.", points, millimetres);
        return new Page(colors.in(dark ? Theme.DARK : Theme.LIGHT), width, scale, slant, parts);
    }

    /**
     * How finely a PNG is drawn.
     *
     * @throws Refusal if it is beyond what printers do
     */
    public Resolution resolution() {
        require(dotsPerInch >= 36 && dotsPerInch <= 2400, "A picture can have 36 to 2400 dots to the inch, not %s; "
            + "choose another resolution.", dotsPerInch);
        return new Resolution(dotsPerInch);
    }

    private static void require(boolean holds, String otherwise, double... numbers) {
        if (!holds) {
            Object[] texts = new Object[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                texts[i] = numbers[i] == Math.rint(numbers[i]) ? String.format(Locale.ROOT, "%.0f", numbers[i])
                    : String.valueOf(numbers[i]);
            }
            throw new Refusal(otherwise.formatted(texts));
        }
    }
}
