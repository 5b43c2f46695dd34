package org.headscope.window.export;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.headscope.figure.Colors;
import org.headscope.figure.FigureFile.Format;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Page.Part;
import org.headscope.figure.Page.Slant;
import org.headscope.window.Settings;

/** The last choices of an export, kept between starts. What makes no sense any more gives way to what is usual. */
final class ExportMemory {

    private final Settings settings;

    ExportMemory(Settings settings) {
        this.settings = settings;
    }

    FigureOptions options() {
        FigureOptions usual = FigureOptions.usual();
        return new FigureOptions(number("width", usual.millimetres()), number("dpi", usual.dotsPerInch()),
            number("points", usual.points()), one("colors", Colors.values(), usual.colors()), number("dark", 0) == 1,
            one("slant", Slant.values(), usual.slant()), parts());
    }

    Format format() {
        return one("format", Format.values(), Format.PNG);
    }

    void keep(FigureOptions options, Format format) {
        settings.put(name("width"), options.millimetres());
        settings.put(name("dpi"), options.dotsPerInch());
        settings.put(name("points"), options.points());
        settings.put(name("colors"), options.colors().ordinal());
        settings.put(name("dark"), options.dark() ? 1 : 0);
        settings.put(name("slant"), options.slant().ordinal());
        for (Part part : Part.values()) {
            settings.put(name(part.name()), options.parts().contains(part) ? 1 : 0);
        }
        settings.put(name("format"), format.ordinal());
    }

    private Set<Part> parts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            if (number(part.name(), 1) == 1) {
                parts.add(part);
            }
        }
        return parts;
    }

    private double number(String name, double otherwise) {
        return settings.get(name(name), otherwise);
    }

    private <E extends Enum<E>> E one(String name, E[] values, E otherwise) {
        int place = (int) number(name, otherwise.ordinal());
        return place >= 0 && place < values.length ? values[place] : otherwise;
    }

    private static String name(String name) {
        return "export-" + name.toLowerCase(Locale.ROOT);
    }
}
