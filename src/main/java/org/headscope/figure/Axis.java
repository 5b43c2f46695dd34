package org.headscope.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One side of a map.
 *
 * @param title  what runs along it
 * @param item   what one label stands for, in the singular, for "every 16th token labelled"
 * @param labels one a row or column, already visible; see {@code Prompt.labels()}
 */
public record Axis(String title, String item, List<String> labels) {

    public Axis {
        labels = List.copyOf(labels);
    }

    /** The rows of an attention map. */
    public static Axis queries(List<String> labels) {
        return new Axis("Query (destination)", "token", labels);
    }

    /** The columns of an attention map. */
    public static Axis keys(List<String> labels) {
        return new Axis("Key (source)", "token", labels);
    }

    /** The positions of a prompt, for a sweep over them. */
    public static Axis positions(List<String> labels) {
        return new Axis("Position", "token", labels);
    }

    /** The rows of a map of heads: {@code L0} onwards. */
    public static Axis layers(int count) {
        return new Axis("Layer", "layer", numbered("L", count));
    }

    /** The columns of a map of heads: {@code H0} onwards. */
    public static Axis heads(int count) {
        return new Axis("Head", "head", numbered("H", count));
    }

    /** How many rows or columns it runs along. */
    public int size() {
        return labels.size();
    }

    /** What a table calls a column of these labels: the first word of the title, such as {@code query}. */
    String key() {
        return title.toLowerCase(Locale.ROOT).split(" ")[0];
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
