package org.headscope.session.code;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class Python {

    private Python() {
    }

    /** A string in double quotes, on one line, whatever it holds. */
    static String text(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(point -> literal.append(character(point)));
        return literal.append('"').toString();
    }

    private static String character(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isPlain(point) ? Character.toString(point)
                : point > 0xFFFF ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point);
        };
    }

    /** Whether it can be seen as itself, so that a reader of the code knows what is there. */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** With all the digits of a float. */
    static String number(double value) {
        if (Double.isFinite(value)) {
            return Float.toString((float) value);
        }
        return Double.isNaN(value) ? "float(\"nan\")" : value > 0 ? "float(\"inf\")" : "float(\"-inf\")";
    }

    static String list(int[] values) {
        return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    static String list(double[] values) {
        return Arrays.stream(values).mapToObj(Python::number).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A comment on one line. */
    static String comment(String text) {
        return "# " + text.codePoints().filter(point -> Character.getType(point) != Character.CONTROL
                && Character.getType(point) != Character.SURROGATE && point != 0x2028 && point != 0x2029)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    static String truth(boolean value) {
        return value ? "True" : "False";
    }
}
