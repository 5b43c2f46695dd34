package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.figure.FigureFile;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.patching.PairSet;
import org.headscope.patching.PairSweep;
import org.headscope.patching.PairSweepResult;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code transformer_lens.patching} gives, and ablations cell by cell. */
@Command(name = "sweep", description = "Runs the corrupt prompt once for every head, position or edge, each time with "
    + "that place alone replaced, and measures what that changes at the last position.",
    footer = {"", "This puts the clean run into the corrupt one (denoising). Give the prompts the other way round for "
        + "the opposite (noising): recovered is then how far each place alone breaks what the other prompt does.",
        "", "Ctrl+C ends a sweep early and shows the cells that are done."})
final class SweepCommand extends AnswerCommand {

    private static final String EDGE = "edge";
    private static final double[] NONE = {};

    @Option(names = "--clean", paramLabel = "P", description = "The prompt whose activations are put in; with zero, "
        + "mean or a number it is only what is compared with, and may be left out.")
    private String clean;

    @Option(names = "--corrupt", paramLabel = "Q", description = "The prompt that is run.")
    private String corrupt;

    @Option(names = "--pairs", paramLabel = "F.csv", description = "Many pairs instead: columns clean, corrupt and, "
        + "for --metric logit, diff, logprob or prob without tokens, answer and wrong. Gives the mean, its standard "
        + "error and each pair's values.")
    private Path pairs;

    @Option(names = "--what", paramLabel = "W", required = true, description = "z, q, k, v or pattern of heads; "
        + "resid_pre, resid_mid, attn_out, mlp_out, resid_post or mlp_post of layers, by position only; or edge, the "
        + "attention from the last token to each other, by head.")
    private String what;

    @Option(names = "--by", paramLabel = "B", required = true, description = "head (at all positions) or position "
        + "(of heads every head at every position).")
    private String by;

    @Option(names = "--metric", paramLabel = "M", required = true, description = "logit:T, diff:T:U (T minus U), "
        + "logprob:T, prob:T, or kl (the divergence from the clean run). T and U are text that is one token, where "
        + "the leading space counts, or #id; a token may hold a colon, since the last one that has a token on each "
        + "side parts T from U.")
    private String metric;

    @Option(names = "--with", paramLabel = "WHAT", description = "clean (the default), zero (that of edges), mean "
        + "(over the positions) or a number.")
    private String with;

    @Option(names = "--csv", paramLabel = "F.csv", description = "Write one row a cell, with all digits.")
    private Path csv;

    @Option(names = "--png", paramLabel = "F.png", description = "Draw the map.")
    private Path png;

    @Override
    Answer answer() {
        SweepKind kind = kind();
        Source source = source(kind);
        check(source);
        try (LoadedModel loaded = common().open()) {
            MetricOption measured = MetricOption.parse(metric, loaded.tokenizer());
            return pairs == null ? one(loaded, kind, source, measured) : many(loaded, kind, source, measured);
        }
    }

    private SweepKind kind() {
        boolean byHead = switch (by) {
            case "head" -> true;
            case "position" -> false;
            default -> throw new Refusal("--by takes head or position, not “%s”.".formatted(Text.shortened(by)));
        };
        if (what.equals(EDGE)) {
            if (!byHead) {
                throw new Refusal("Edges are swept by head, since a key is a position already; write --by head.");
            }
            return new SweepKind(HookPoint.PATTERN, By.EDGE);
        }
        HookPoint point = Stream.of(SweepKind.OF_HEADS, SweepKind.OF_LAYERS).flatMap(Set::stream)
            .filter(candidate -> candidate.shortName().equals(what)).findFirst().orElseThrow(() -> new Refusal(
                ("--what takes z, q, k, v, pattern, resid_pre, resid_mid, attn_out, mlp_out, resid_post, mlp_post or "
                    + "edge, not “%s”.").formatted(Text.shortened(what))));
        return new SweepKind(point, byHead ? By.HEAD : By.POSITION);
    }

    private Source source(SweepKind kind) {
        if (with == null) {
            return kind.by() == By.EDGE ? Source.ZERO : Source.CLEAN;
        }
        return Source.parse(with).orElseThrow(() -> new Refusal(
            "--with takes clean, zero, mean or a number, not “%s”.".formatted(Text.shortened(with))));
    }

    private void check(Source source) {
        if (pairs != null && (clean != null || corrupt != null)) {
            throw new Refusal("--pairs brings its own prompts; leave --clean and --corrupt out.");
        }
        if (pairs == null && corrupt == null) {
            throw new Refusal("There is no prompt to run; give --corrupt, or many pairs with --pairs.");
        }
        if (pairs == null && clean == null && source == Source.CLEAN) {
            throw new Refusal("Patching from the clean run needs a clean prompt; give --clean, or replace by zero, "
                + "mean or a number with --with.");
        }
        if (png != null && FigureFile.Format.of(png) != FigureFile.Format.PNG) {
            throw new Refusal("--png draws a picture; end %s in .png.".formatted(png));
        }
        Stream.of(Optional.ofNullable(csv), Optional.ofNullable(png)).flatMap(Optional::stream)
            .forEach(OutputFile::check);
    }

    // ---- one pair ----

    private Answer one(LoadedModel loaded, SweepKind kind, Source source, MetricOption measured) {
        Optional<Prompt> cleanPrompt = Optional.ofNullable(clean).map(p -> common().prompt(loaded.tokenizer(), p));
        Prompt corruptPrompt = common().prompt(loaded.tokenizer(), corrupt);
        SweepResult result = compute(loaded, "cells", (model, progress, report, cancellation) -> {
            Sweep sweep = new Sweep(model, cleanPrompt, corruptPrompt, kind, source, measured.metric());
            sweep.run(sweep.base(cancellation), Sweep.ROWS, 0, soFar -> {
                report.accept(soFar);
                progress.show(soFar.done().cardinality(), soFar.cells());
            }, cancellation);
        });
        SweepLayout layout = SweepLayout.of(kind, loaded.config(), labels(cleanPrompt, corruptPrompt));
        SweepReport report = new SweepReport(layout, result, NONE, measured.shortLabel());

        Answer answer = loaded.answer().put("tokens", tokens(cleanPrompt, corruptPrompt));
        cleanPrompt.ifPresent(prompt -> answer.fact("clean", Text.tokens(prompt)));
        answer.fact("corrupt", Text.tokens(corruptPrompt));
        addQuestion(answer, loaded, source, measured, result);
        report.addNumbers(answer);
        addDone(answer, result.done().cardinality(), result.cells());
        if (!result.isComplete()) {
            answer.line("").line("Stopped: %,d of %,d cells are done.".formatted(result.done().cardinality(),
                result.cells()));
        }
        report.addMap(answer);
        String prompts = cleanPrompt.map(prompt -> "Clean “" + prompt.text() + "” · corrupt ").orElse("")
            + "“" + corruptPrompt.text() + "”";
        return write(answer, loaded, report, report.table(List.of(), List.of()), prompts, source, measured)
            .seconds(loaded.seconds());
    }

    private static JsonElement tokens(Optional<Prompt> clean, Prompt corrupt) {
        if (clean.isEmpty()) {
            return Json.tokens(corrupt);
        }
        JsonObject tokens = new JsonObject();
        tokens.add("clean", Json.tokens(clean.get()));
        tokens.add("corrupt", Json.tokens(corrupt));
        return tokens;
    }

    /** The corrupt prompt's tokens, each behind the clean one's where that is another. */
    private static List<String> labels(Optional<Prompt> clean, Prompt corrupt) {
        List<String> labels = corrupt.labels();
        if (clean.isEmpty() || clean.get().size() != corrupt.size()) {
            return labels;
        }
        List<String> before = clean.get().labels();
        return IntStream.range(0, labels.size()).mapToObj(i -> before.get(i).equals(labels.get(i)) ? labels.get(i)
            : before.get(i) + " → " + labels.get(i)).toList();
    }

    // ---- many pairs ----

    private Answer many(LoadedModel loaded, SweepKind kind, Source source, MetricOption measured) {
        PairSet set = PairSet.read(pairs, text -> common().prompt(loaded.tokenizer(), text),
            loaded.tokenizer()::single);
        PairSweepResult result = compute(loaded, "pairs", (model, progress, report, cancellation) ->
            new PairSweep(model, set, kind, source, measured::metric).run(soFar -> {
                report.accept(soFar);
                progress.show(soFar.each().size(), soFar.pairs());
            }, cancellation));
        SweepResult mean = result.mean();
        int positions = set.pairs().get(0).corrupt().size();
        SweepLayout layout = SweepLayout.of(kind, loaded.config(), positions);
        SweepReport report = new SweepReport(layout, mean, result.standardError(), measured.shortLabel());

        Answer answer = loaded.answer().fact("pairs", "%,d of %s".formatted(set.pairs().size(), pairs));
        addQuestion(answer, loaded, source, measured, mean);
        report.addNumbers(answer);
        answer.put("pairs", each(set, result, layout));
        addDone(answer, result.each().size() * mean.cells(), result.pairs() * mean.cells());
        if (!result.isComplete()) {
            answer.line("").line("Stopped: %,d of %,d pairs are done, and the mean is over these.".formatted(
                result.each().size(), result.pairs()));
        }
        report.addMap(answer);
        List<String> lines = set.pairs().stream().limit(result.each().size()).map(pair -> "line " + pair.line())
            .toList();
        return write(answer, loaded, report, report.table(lines, result.each()),
            "Mean over %d pairs of %s".formatted(result.each().size(), set.name()), source, measured)
            .seconds(loaded.seconds());
    }

    private static JsonArray each(PairSet set, PairSweepResult result, SweepLayout layout) {
        JsonArray each = new JsonArray();
        for (int i = 0; i < result.each().size(); i++) {
            PairSet.Pair pair = set.pairs().get(i);
            SweepResult own = result.each().get(i);
            JsonObject object = new JsonObject();
            object.addProperty("line", pair.line());
            object.add("tokens", tokens(Optional.of(pair.clean()), pair.corrupt()));
            object.add("clean", Json.number(own.clean()));
            object.add("corrupt", Json.number(own.corrupt()));
            object.add("values", layout.nested(own.values()));
            each.add(object);
        }
        return each;
    }

    // ---- both ----

    /** A sweep that tells what it has after every step. */
    @FunctionalInterface
    private interface Work<T> {

        void run(Gpt2 model, Progress progress, Consumer<T> report, Cancellation cancellation);
    }

    /** The last that was reported, at the end or at Ctrl+C. */
    private <T> T compute(LoadedModel loaded, String items, Work<T> work) {
        Cancellation cancellation = interrupt().listen();
        AtomicReference<T> last = new AtomicReference<>();
        try (Progress progress = Progress.on(err(), items)) {
            return loaded.compute(model -> {
                try {
                    work.run(model, progress, last::set, cancellation);
                } catch (CancellationException e) {
                    if (last.get() == null) {
                        throw e;
                    }
                }
                return last.get();
            });
        }
    }

    private void addQuestion(Answer answer, LoadedModel loaded, Source source, MetricOption measured,
                             SweepResult result) {
        String values = result.clean().isPresent() ? "clean %s, corrupt ".formatted(
            Text.number(result.clean().getAsDouble())) : "";
        answer.put("what", new JsonPrimitive(what))
            .put("by", new JsonPrimitive(by))
            .put("with", new JsonPrimitive(source.toString()))
            .put("metric", new JsonPrimitive(metric))
            .fact("swept", "%s by %s with %s".formatted(what, by, source))
            .fact("metric", "%s: %s%s".formatted(measured.label(loaded.tokenizer()), values,
                Text.number(result.corrupt())));
    }

    private static void addDone(Answer answer, int done, int cells) {
        answer.put("done", new JsonPrimitive(done)).put("cells", new JsonPrimitive(cells));
    }

    private Answer write(Answer answer, LoadedModel loaded, SweepReport report, List<List<String>> table,
                         String prompts, Source source, MetricOption measured) {
        List<Path> files = new ArrayList<>();
        if (csv != null) {
            FigureFile.writeTable(csv, table);
            files.add(csv);
        }
        if (png != null) {
            String title = "%s by %s, %s".formatted(what, by,
                source == Source.CLEAN ? "clean into corrupt" : "replaced by " + source);
            String caption = "%s · %s · %s, %s".formatted(prompts,
                measured.label(loaded.tokenizer()), loaded.folder().name(),
                common().processing().label());
            FigureFile.write(png, new SweepFigures(report, title, caption).figure());
            files.add(png);
        }
        return files.isEmpty() ? answer : answer.files(files);
    }
}
