package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.analysis.LogitAttribution.Writing;
import org.headscope.figure.Bars;
import org.headscope.figure.Bars.Bar;
import org.headscope.model.Head;
import org.headscope.tokens.Tokenizer;
import org.headscope.window.control.Taken;

/**
 * What a head writes at the position of an attribution.
 *
 * @param run the word of the run that it writes in
 * @param place the position's token, such as "·Tom (7)"
 * @param caption the prompt and the model, for a picture
 * @param promotes the tokens that it raises most, with what it adds
 * @param suppresses the tokens that it lowers most
 */
public record HeadWriting(Head head, String run, String place, String caption, List<Written> promotes,
                          List<Written> suppresses) {

    public HeadWriting {
        promotes = List.copyOf(promotes);
        suppresses = List.copyOf(suppresses);
    }

    /** A token's label and what is added to its logit. */
    public record Written(String label, int id, float value) {
    }

    /** Those that are promoted, then those that are suppressed. */
    private Stream<Written> all() {
        return Stream.concat(promotes.stream(), suppresses.stream());
    }

    private Bars bars() {
        return new Bars("What %s writes after %s, %s run".formatted(head, place, run), caption,
            all().map(token -> new Bar(token.label(), token.value(), false)).toList(), "promotes", "suppresses");
    }

    private List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("token", "id", "%s at %s".formatted(head, place)));
        all().forEach(token -> rows.add(List.of(token.label(), String.valueOf(token.id()),
            String.valueOf(token.value()))));
        return rows;
    }

    /** As a chart, and as a table with every digit. */
    Taken taken() {
        return new Taken("%s-writes-%s".formatted(head, run), this::bars, table());
    }

    static HeadWriting of(Attributed where, Head head, Writing writing) {
        return new HeadWriting(head, where.side().word(), where.place(), where.origin(),
            named(where.runs().model().tokenizer(), writing.promotes()),
            named(where.runs().model().tokenizer(), writing.suppresses()));
    }

    /** With their labels. */
    static List<Written> named(Tokenizer tokenizer, List<Writing.Token> tokens) {
        // An embedding may have more rows than the tokenizer has ids.
        return tokens.stream().map(token -> new Written(token.id() < tokenizer.size()
            ? tokenizer.token(token.id()).label() : "#" + token.id(), token.id(), token.value())).toList();
    }
}
