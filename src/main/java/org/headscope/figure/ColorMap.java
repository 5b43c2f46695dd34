package org.headscope.figure;

import java.util.Arrays;
import java.util.List;

/**
 * Colours for a position from 0 to 1. A sequential map is for probabilities and norms, a diverging one for signed
 * values, whose zero lies at 0.5. Between its stops, which lie at equal distances, colours are mixed in CIELAB.
 */
public final class ColorMap {

    /** White to dark blue, for light figures. */
    public static final ColorMap BLUES = sequential("blues",
            "#ffffff #deebf7 #c6dbef #9ecae1 #6baed6 #4292c6 #2171b5 #08519c #08306b");
    /** Near-black to pale blue, for dark figures. */
    public static final ColorMap BLUES_DARK = sequential("blues, dark",
            "#0f141a #0b2a4f #0e4a86 #1f6fb5 #4a97d2 #86bde6 #bcdcf5 #e8f4ff");
    /** Orange (negative) over white to blue (positive), for light figures. */
    public static final ColorMap ORANGE_BLUE = diverging("orange-blue",
            "#5a2a05 #9a4a06 #d9730d #f5a65b #fcd9b0 #ffffff #d3e6f3 #92c3e0 #4391c6 #1f64ab #08306b");
    /** Orange (negative) over near-black to blue (positive), for dark figures. */
    public static final ColorMap ORANGE_BLUE_DARK = diverging("orange-blue, dark",
            "#ffd9a8 #f5a04a #b8651a #5e3512 #23201d #15181c #182531 #1c4a73 #2f7fc0 #6fb6ec #c4e3ff");
    /** Viridis, by Smith, van der Walt and Firing (CC0). */
    public static final ColorMap VIRIDIS = sequential("viridis",
            "#440154 #471063 #481f70 #472d7b #443983 #404688 #3b528b #365d8d #31688e #2c728e #287c8e #24868e #21918c"
                    + " #1f9a8a #20a486 #28ae80 #35b779 #48c16e #5ec962 #75d054 #90d743 #addc30 #c8e020 #e5e419"
                    + " #fde725");
    /** Magma, by Smith and van der Walt (CC0). */
    public static final ColorMap MAGMA = sequential("magma",
            "#000004 #050416 #100b2d #1d1147 #2c115f #3f0f72 #51127c #601880 #721f81 #832681 #932b80 #a5317e #b73779"
                    + " #c73d73 #d8456c #e75263 #f1605d #f8745c #fc8961 #fd9b6b #feb078 #fec488 #fed799 #fdebac"
                    + " #fcfdbf");
    /** Cividis, by Nuñez, Anderton and Renslow (CC0): nearly the same picture to every kind of colour vision. */
    public static final ColorMap CIVIDIS = sequential("cividis",
            "#00224e #002a5f #003170 #1a386f #2a3f6d #38476c #434e6c #4d556c #575d6d #61656f #6a6c71 #737475 #7d7c78"
                    + " #868379 #918b78 #9b9476 #a59c74 #b0a571 #bcae6c #c6b667 #d2c060 #dec958 #e9d34e #f6dd3f"
                    + " #fee838");
    /** White to black, for light figures and for print. */
    public static final ColorMap GREYS = sequential("greys", "#ffffff #000000");
    /** Near-black to white, for dark figures. */
    public static final ColorMap GREYS_DARK = sequential("greys, dark", "#15181c #ffffff");

    /** Even, so that zero on a diverging map has an entry of its own; the table holds one more than this. */
    private static final int STEPS = 1024;

    private final String name;
    private final boolean diverging;
    private final int[] table;

    private ColorMap(String name, boolean diverging, List<Lab> stops) {
        this.name = name;
        this.diverging = diverging;
        this.table = new int[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            table[i] = mix(stops, i / (double) STEPS);
        }
    }

    private static ColorMap sequential(String name, String stops) {
        return new ColorMap(name, false, parse(stops));
    }

    private static ColorMap diverging(String name, String stops) {
        return new ColorMap(name, true, parse(stops));
    }

    /** From one colour to another, for strengths. */
    static ColorMap between(int low, int high) {
        return new ColorMap("%s to %s".formatted(Rgb.hex(low), Rgb.hex(high)), false,
            List.of(Lab.of(low), Lab.of(high)));
    }

    /** What the map is called in menus. */
    public String name() {
        return name;
    }

    /** Whether this map is for signed values. */
    public boolean isDiverging() {
        return diverging;
    }

    /** The colour at a position, opaque; positions beyond 0 and 1 give the end colours. */
    public int at(double position) {
        int entry = (int) (position * STEPS + 0.5);
        return table[Math.max(0, Math.min(STEPS, entry))];
    }

    /** The colour of the value zero: the low end, or the middle of a diverging map. */
    public int zero() {
        return at(diverging ? 0.5 : 0);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<Lab> parse(String stops) {
        return Arrays.stream(stops.split(" ")).map(Rgb::of).map(Lab::of).toList();
    }

    private static int mix(List<Lab> stops, double position) {
        double place = position * (stops.size() - 1);
        int before = Math.min((int) place, stops.size() - 2);
        return stops.get(before).mixedWith(stops.get(before + 1), place - before).argb();
    }
}
