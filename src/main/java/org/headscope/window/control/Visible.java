package org.headscope.window.control;

/** What fields of one line show for characters that cannot be seen, and back. */
public final class Visible {

    private Visible() {
    }

    /** A line feed as "↵" and a tab as "⇥". */
    public static String line(String text) {
        return text.replace('\n', '↵').replace('\t', '⇥');
    }

    /** What a field of one line stands for. */
    public static String ofLine(String shown) {
        return shown.replace('↵', '\n').replace('⇥', '\t');
    }

    /** A space as "·" as well. */
    public static String token(String text) {
        return line(text).replace(' ', '·');
    }

    public static String ofToken(String shown) {
        return ofLine(shown).replace('·', ' ');
    }
}
