package org.headscope.command;

import java.util.EnumSet;
import java.util.Set;
import org.headscope.figure.Colors;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Page;
import org.headscope.refusal.Refusal;
import picocli.CommandLine.Option;

/** How a picture is to come out, as the window's export lets one choose it. */
final class FigureStyle {

    @Option(names = "--width-mm", paramLabel = "W", description = "The width in print, such as 85 for a column or 174 "
        + "for a page; without it as wide as the figure likes to be.")
    private Double width;

    @Option(names = "--dpi", paramLabel = "N", defaultValue = "192", description = "Dots to the inch of a PNG "
        + "(${DEFAULT-VALUE}).")
    private double dpi;

    @Option(names = "--font-size", paramLabel = "PT", defaultValue = "7.5", description = "The size of labels in "
        + "points, whatever the width (${DEFAULT-VALUE}).")
    private double points;

    @Option(names = "--colors", paramLabel = "MAP", defaultValue = "blues", converter = ColorsNamed.class,
        description = "For attention: blues, viridis, magma, cividis or greys (${DEFAULT-VALUE}). Differences go from "
            + "orange to blue.")
    private Colors colors;

    @Option(names = "--labels", paramLabel = "ANGLE", defaultValue = "fitting", converter = SlantNamed.class,
        description = "How labels under columns stand: level, rising, upright, or fitting (${DEFAULT-VALUE}).")
    private Page.Slant slant;

    @Option(names = "--dark", description = "Dark colours, for slides.")
    private boolean dark;

    @Option(names = "--no-legend", description = "Leaves out what the colours mean.")
    private boolean noLegend;

    @Option(names = "--no-heading", description = "Leaves out the title, the prompt and the model.")
    private boolean noHeading;

    private static final class ColorsNamed extends WordConverter<Colors> {

        ColorsNamed() {
            super(Colors.values());
        }
    }

    private static final class SlantNamed extends WordConverter<Page.Slant> {

        SlantNamed() {
            super(Page.Slant.values());
        }
    }

    /**
     * @throws org.headscope.refusal.Refusal if no figure can be drawn so
     */
    FigureOptions options() {
        Set<Page.Part> parts = EnumSet.allOf(Page.Part.class);
        if (noLegend) {
            parts.remove(Page.Part.LEGEND);
        }
        if (noHeading) {
            parts.remove(Page.Part.HEADING);
        }
        if (width != null && width == 0) {
            throw new Refusal("A figure can be 20 to 1000 mm wide, not 0; choose another width.");
        }
        FigureOptions options = new FigureOptions(width == null ? 0 : width, dpi, points, colors, dark, slant, parts);
        options.page();
        options.resolution();
        return options;
    }
}
