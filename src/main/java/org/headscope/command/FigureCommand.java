package org.headscope.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headscope.command.AttentionFigures.Attention;
import org.headscope.figure.Csv;
import org.headscope.figure.Figure;
import org.headscope.figure.FigureFile;
import org.headscope.figure.FigureOptions;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Writes attention as a picture or a table. */
@Command(name = "figure", description = "Draws attention: of one head, some heads, a layer or, by default, every head; "
    + "with a corrupt prompt what differs as well.")
final class FigureCommand extends AnswerCommand {

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Option(names = "--layer", paramLabel = "L", description = "The layer of the heads, or of all that are drawn.")
    private Integer layer;

    @Option(names = "--head", paramLabel = "H", arity = "1..*", split = ",", converter = HeadNamed.class,
        description = "A number in the layer, or a name such as L1H0.")
    private List<HeadName> heads = List.of();

    @Option(names = "--corrupt", paramLabel = "Q", description = "Another prompt of as many tokens: one head becomes "
        + "the triptych clean, corrupt, difference; several become their differences.")
    private String corrupt;

    @Option(names = "--out", paramLabel = "F.png|svg|pdf|csv", required = true, description = "The file; its ending tells "
        + "the format.")
    private Path out;

    @Mixin
    private FigureStyle style;

    /** A head as it was named: {@code L4H1}, or {@code 1} of whatever layer {@code --layer} says. */
    private record HeadName(Optional<Integer> layer, int number) {
    }

    /** Reads a head's name. */
    private static final class HeadNamed implements ITypeConverter<HeadName> {

        private static final Pattern NAME = Pattern.compile("(?:L(\\d{1,6})H)?(\\d{1,6})");

        @Override
        public HeadName convert(String name) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new TypeConversionException("“%s” is neither a number nor a name such as L4H1"
                    .formatted(Text.shortened(name)));
            }
            return new HeadName(Optional.ofNullable(matcher.group(1)).map(Integer::valueOf),
                Integer.parseInt(matcher.group(2)));
        }
    }

    @Override
    Answer answer() {
        FigureFile.Format.of(out);
        OutputFile.check(out);
        FigureOptions options = style.options();
        try (LoadedModel loaded = common().open()) {
            List<Head> chosen = chosen(loaded.config());
            Prompt clean = common().prompt(loaded.tokenizer(), text);
            Optional<Prompt> other = Optional.ofNullable(corrupt).map(p -> common().prompt(loaded.tokenizer(), p));
            other.ifPresent(prompt -> checkLengths(clean, prompt));
            Attention cleanRun = attention(loaded, clean);
            Optional<Attention> corruptRun = other.map(prompt -> attention(loaded, prompt));

            AttentionFigures figures = new AttentionFigures(loaded.folder(), common().processing());
            Figure figure = corruptRun.map(run -> figures.of(chosen, cleanRun, run))
                .orElseGet(() -> figures.of(chosen, cleanRun));
            FigureFile.write(out, figure, Csv.table(figure), options, Map.of());
            Answer answer = loaded.answer().prompt(other.isPresent() ? "clean" : "tokens", clean);
            other.ifPresent(prompt -> answer.prompt("corrupt", prompt));
            return answer.files(List.of(out)).seconds(loaded.seconds());
        }
    }

    private List<Head> chosen(Gpt2Config config) {
        if (layer != null) {
            check(layer, config.layers(), "layer");
        }
        if (heads.isEmpty()) {
            return layer == null ? AttentionFigures.all(config) : AttentionFigures.ofLayer(config, layer);
        }
        return heads.stream().map(name -> head(name, config)).distinct().toList();
    }

    private Head head(HeadName name, Gpt2Config config) {
        if (name.layer().isEmpty() && layer == null) {
            throw new Refusal("Head %d of which layer? Add --layer L, or write its name, such as L0H%d."
                .formatted(name.number(), name.number()));
        }
        return new Head(check(name.layer().orElse(layer), config.layers(), "layer"),
            check(name.number(), config.heads(), "head"));
    }

    private static int check(int number, int count, String what) {
        if (number < 0 || number >= count) {
            throw new Refusal("There is no %s %d; this model has the %ss 0 to %d.".formatted(what, number, what,
                count - 1));
        }
        return number;
    }

    private static void checkLengths(Prompt clean, Prompt corrupt) {
        if (clean.size() != corrupt.size()) {
            throw new Refusal(("The clean and the corrupt prompt have %d and %d tokens; a difference needs as many in "
                + "both.").formatted(clean.size(), corrupt.size()));
        }
    }

    private static Attention attention(LoadedModel loaded, Prompt prompt) {
        RunOptions options = RunOptions.plain().lastLogitsOnly().keeping(hook -> hook.point() == HookPoint.PATTERN);
        return new Attention(prompt, loaded.compute(model -> model.run(prompt.ids(),
            model.fitting(prompt.size(), options))).cache());
    }
}
