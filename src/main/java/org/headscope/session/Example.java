package org.headscope.session;

import java.util.List;
import java.util.stream.Stream;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Token;
import org.headscope.tokens.Tokenizer;

/**
 * A worked example: a pair of prompts on which a model is known to do something, and what to look for.
 *
 * @param lookFor what to look for, in one or two sentences
 * @param answer the token that the clean prompt should be continued with; empty to watch what the model itself
 *     predicts
 * @param wrong the token that the corrupt prompt should be continued with; empty likewise
 * @param bundledToo whether the bundled model does it as well: its clean run prefers the answer and its corrupt run
 *     the other one
 */
public record Example(String name, String lookFor, String clean, String corrupt, String answer, String wrong,
                      boolean bundledToo) {

    /** In the order in which they are offered, the simplest first. */
    public static final List<Example> ALL = List.of(
        new Example("A name that comes back",
            "The founding notebook's pair. Look for a head whose last row attends to the token after the first “Tom”: "
                + "it copies what followed the name before.",
            Document.notebook().clean(), Document.notebook().corrupt(), "", "", true),
        new Example("Repeated random tokens",
            "The words mean nothing together, so only repetition helps. Look for heads that attend to the token after "
                + "the last time that the present one stood there.",
            " lamp river stone cloud lamp river stone", " lamp river stone glass lamp river stone", " cloud",
            " glass", true),
        new Example("Indirect object identification",
            "Sweep z by head and look at the late layers: name movers attend to the name that stands once and copy "
                + "it; heads before them look at the name that stands twice.",
            "When Mary and John went to the store, John gave a drink to",
            "When Mary and John went to the store, Mary gave a drink to", " Mary", " John", false),
        new Example("Greater than",
            "After 1732 the year must be later than 32, after 1701 nearly all are. Look for heads of the middle layers "
                + "whose last token attends to the two digits of the first year.",
            "The war lasted from the year 1732 to the year 17", "The war lasted from the year 1701 to the year 17",
            "33", "02", false),
        new Example("Docstring",
            "The documentation names the arguments in their order. Look for heads that attend from the last token to "
                + "the argument that follows the one named last.",
            docstring("files"), docstring("names"), " files", " names", false),
        new Example("Gendered pronouns",
            "The pronoun follows the name. Look for heads whose last token attends to the name, and sweep resid_pre by "
                + "position to see where it moves from layer to layer.",
            "So Sarah is a really great friend, isn't", "So David is a really great friend, isn't", " she", " he",
            false));

    private static String docstring(String argument) {
        return """
            def port(self, load, size, %s, last):
                \"""oil column piece

                :param load: crime population
                :param size: unit dark
                :param""".formatted(argument);
    }

    /**
     * The document with this example's prompts, the difference of its tokens to watch, and nothing staged.
     *
     * @throws Refusal if this tokenizer does not have the answers as single tokens
     */
    public Document into(Document document, Tokenizer tokenizer) {
        List<Integer> pins = Stream.of(answer, wrong).filter(token -> !token.isEmpty()).map(tokenizer::single).toList();
        Sweeping sweeping = document.sweeping().withMetric(MetricChoice.DIFFERENCE, List.of());
        return document.withClean(clean).withCorrupt(corrupt).withBos(true).withoutPatches().withPins(pins)
            .withSweeping(sweeping);
    }

    /** What is watched, in words. */
    public String watched() {
        return answer.isEmpty() ? "Watches what each run predicts." : "Watches %s and %s.".formatted(
            Token.visible(answer), Token.visible(wrong));
    }

    /** What is known of how well models do it. */
    public String models() {
        return bundledToo ? "Made for gpt2; the bundled model can do this too."
            : "Made for gpt2; the bundled model cannot do this.";
    }
}
