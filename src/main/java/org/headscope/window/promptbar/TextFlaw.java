package org.headscope.window.promptbar;

/** Characters of a text that no field shows or no file can hold. */
final class TextFlaw {

    private TextFlaw() {
    }

    /** What is odd about a text, in one sentence; empty where nothing is. */
    static String of(String text) {
        long controls = text.codePoints().filter(TextFlaw::isControl).count();
        long halves = text.codePoints().filter(TextFlaw::isHalf).count();
        if (halves > 0) {
            return halves == 1 ? "One half of a character stands alone; it is read as “\uFFFD”."
                : "%,d halves of characters stand alone; each is read as “\uFFFD”.".formatted(halves);
        }
        return controls == 0 ? "" : controls == 1 ? "One control character cannot be shown here; the model reads it."
            : "%,d control characters cannot be shown here; the model reads them.".formatted(controls);
    }

    /** The text without them. */
    static String without(String text) {
        return text.codePoints().filter(point -> !isControl(point) && !isHalf(point))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Line feeds and tabs are shown by signs. */
    private static boolean isControl(int point) {
        return Character.getType(point) == Character.CONTROL && point != '\n' && point != '\t';
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
