package org.headscope.window.lens;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.headscope.analysis.LogitAttribution.Writing;
import org.headscope.model.Head;

/**
 * What a head writes at the position of an attribution.
 *
 * @param promotes the tokens that it raises most, with what it adds
 * @param suppresses the tokens that it lowers most
 */
public record HeadWriting(Head head, String place, List<Written> promotes, List<Written> suppresses) {

    public HeadWriting {
        promotes = List.copyOf(promotes);
        suppresses = List.copyOf(suppresses);
    }

    /** A token's label and what the head adds to its logit. */
    public record Written(String label, int id, float value) {
    }

    /** Tab-separated, every digit: those that are promoted, then those that are suppressed. */
    String table() {
        StringJoiner lines = new StringJoiner("\n", "token\tid\t%s at %s\n".formatted(head, place), "\n");
        Stream.concat(promotes.stream(), suppresses.stream())
            .forEach(token -> lines.add(token.label() + "\t" + token.id() + "\t" + token.value()));
        return lines.toString();
    }

    static HeadWriting of(Attributed where, Head head, Writing writing) {
        return new HeadWriting(head, where.place(), named(where, writing.promotes()), named(where,
            writing.suppresses()));
    }

    private static List<Written> named(Attributed where, List<Writing.Token> tokens) {
        var tokenizer = where.runs().model().tokenizer();
        // An embedding may have more rows than the tokenizer has ids.
        return tokens.stream().map(token -> new Written(token.id() < tokenizer.size()
            ? tokenizer.token(token.id()).label() : "#" + token.id(), token.id(), token.value())).toList();
    }
}
