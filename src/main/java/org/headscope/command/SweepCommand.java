package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.figure.FigureFile;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.patching.Metric;
import org.headscope.patching.PairSet;
import org.headscope.patching.PairSweep;
import org.headscope.patching.PairSweepResult;
import org.headscope.patching.PathSweep;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepPanels;
import org.headscope.patching.SweepResult;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code transformer_lens.patching} gives, ablations cell by cell, and path patching. */
@Command(name = "sweep", description = "Runs the corrupt prompt once for every head, position or edge, each time with "
    + "that place alone replaced, and measures what that changes at the last position.",
    footer = {"", "This puts the clean run into the corrupt one (denoising). Give the prompts the other way round for "
        + "the opposite (noising): recovered is then how far each place alone breaks what the other prompt does.",
        "", "--to and --from sweep paths between two heads (path patching): the receiver alone reads what the sender "
        + "writes in the clean run; nothing between the two hears of it, all that comes after does. A path leads to a "
        + "later layer only: cells that none leads through are left out, in JSON null.",
        "", "Ctrl+C ends a sweep early and shows the cells that are done."})
final class SweepCommand extends AnswerCommand {

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

    @Option(names = "--what", paramLabel = "W", description = "z, q, k, v or pattern of heads, or heads for these five "
        + "side by side; resid_pre, resid_mid, attn_out, mlp_out, resid_post or mlp_post of layers, by position only, "
        + "or blocks for resid_pre, attn_out and mlp_out side by side; or edge, the attention from the last token to "
        + "each other, by head.")
    private String what;

    @Option(names = "--by", paramLabel = "B", description = "head (at all positions) or position (of heads every head "
        + "at every position).")
    private String by;

    @Option(names = "--to", paramLabel = "L2H0.q", description = "Paths instead: every head below sends to the q, k or "
        + "v of this one.")
    private String to;

    @Option(names = "--from", paramLabel = "L0H0", description = "Paths instead: this head sends to every head above, "
        + "whose q, k or v (--what) reads it.")
    private String from;

    @Option(names = "--metric", paramLabel = "M", required = true, description = "logit:T, diff:T:U (T minus U), "
        + "logprob:T, prob:T, or kl (the divergence from the clean run). T and U are text that is one token, where "
        + "the leading space counts, or #id; a token may hold a colon, since the last one that has a token on each "
        + "side parts T from U.")
    private String metric;

    @Option(names = "--with", paramLabel = "WHAT", description = "clean (the default), zero (that of edges), mean "
        + "(over the positions), mean:FILE (over the prompts in a text file, one a line) or a number; of patterns also "
        + "uniform, first or previous (attention to all keys alike, to the first token or to the one before).")
    private String with;

    @Option(names = "--csv", paramLabel = "F.csv", description = "Write one row a cell, with all digits.")
    private Path csv;

    @Option(names = "--png", paramLabel = "F.png", description = "Draw the map.")
    private Path png;

    /** What is asked, once the model is there to tell what it means. */
    private record Question(LoadedModel loaded, SweepTarget target, Source source, MetricOption measured) {
    }

    @Override
    Answer answer() {
        SweepTarget target = SweepTarget.parse(what, by, to, from);
        WithOption replacement = WithOption.parse(with != null ? with : target.isOfEdges() ? "zero" : "clean");
        check(target, replacement);
        try (LoadedModel loaded = common().open()) {
            Cancellation cancellation = interrupt().listen();
            MetricOption measured = MetricOption.parse(metric, loaded.tokenizer());
            Source source = replacement.source(loaded, common(), hook -> target.points().contains(hook.point()),
                cancellation);
            Question question = new Question(loaded, target, source, measured);
            return pairs == null ? one(question, cancellation) : many(question, cancellation);
        }
    }

    private void check(SweepTarget target, WithOption replacement) {
        if (pairs != null && (clean != null || corrupt != null)) {
            throw new Refusal("--pairs brings its own prompts; leave --clean and --corrupt out.");
        }
        if (pairs == null && corrupt == null) {
            throw new Refusal("There is no prompt to run; give --corrupt, or many pairs with --pairs.");
        }
        if (target.isOfPaths() && !replacement.isClean()) {
            throw new Refusal("A path carries what its sender writes in the clean run; leave --with out.");
        }
        if (pairs == null && clean == null && replacement.isClean()) {
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

    private Answer one(Question question, Cancellation cancellation) {
        LoadedModel loaded = question.loaded;
        Optional<Prompt> cleanPrompt = Optional.ofNullable(clean).map(p -> common().prompt(loaded.tokenizer(), p));
        Prompt corruptPrompt = common().prompt(loaded.tokenizer(), corrupt);
        List<SweepResult> results = compute(loaded, "cells", (model, progress, report) ->
            sweep(question, model, cleanPrompt, corruptPrompt, soFar -> {
                report.accept(soFar);
                progress.show(soFar.stream().mapToInt(result -> result.done().cardinality()).sum(),
                    soFar.stream().mapToInt(SweepResult::possible).sum(),
                    soFar.stream().mapToDouble(SweepResult::worked).average().orElse(0));
            }, cancellation));
        List<String> labels = labels(cleanPrompt, corruptPrompt);
        List<SweepReport> reports = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            SweepLayout layout = SweepLayout.of(question.target.kinds().get(i), loaded.config(), labels);
            reports.add(new SweepReport(layout, results.get(i), NONE, question.measured.shortLabel()));
        }
        SweepParts maps = new SweepParts(question.target.parts(), reports);

        Answer answer = loaded.answer().put("tokens", tokens(cleanPrompt, corruptPrompt));
        cleanPrompt.ifPresent(prompt -> answer.fact("clean", Text.tokens(prompt)));
        answer.fact("corrupt", Text.tokens(corruptPrompt));
        addQuestion(answer, question, results.get(0));
        maps.addNumbers(answer);
        addDone(answer, maps.done(), maps.cells());
        if (maps.done() < maps.cells()) {
            answer.line("").line("Stopped: %,d of %,d cells are done.".formatted(maps.done(), maps.cells()));
        }
        maps.addMaps(answer);
        addWhereNoPathLeads(answer, question.target);
        String prompts = cleanPrompt.map(prompt -> "Clean “" + prompt.text() + "” · corrupt ").orElse("")
            + "“" + corruptPrompt.text() + "”";
        return write(answer, question, maps, maps.table(), prompts).seconds(loaded.seconds());
    }

    private static void sweep(Question question, Gpt2 model, Optional<Prompt> clean, Prompt corrupt,
                              Consumer<List<SweepResult>> progress, Cancellation cancellation) {
        Metric metric = question.measured.metric();
        if (question.target.isOfPaths()) {
            PathSweep paths = question.target.paths(model, clean.orElseThrow(), corrupt, metric);
            paths.run(paths.base(cancellation), Sweep.ROWS, 0, soFar -> progress.accept(List.of(soFar)), cancellation);
        } else {
            SweepPanels panels = new SweepPanels(model, clean, corrupt, question.target.kinds(), question.source,
                metric);
            panels.run(panels.base(cancellation), Sweep.ROWS, progress, cancellation);
        }
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

    private Answer many(Question question, Cancellation cancellation) {
        LoadedModel loaded = question.loaded;
        PairSet set = PairSet.read(pairs, text -> common().prompt(loaded.tokenizer(), text),
            loaded.tokenizer()::single);
        List<PairSweepResult> results = compute(loaded, "pairs", (model, progress, report) ->
            sweep(question, model, set).run(soFar -> {
                report.accept(soFar);
                progress.show(soFar.get(0).each().size(), soFar.get(0).pairs());
            }, cancellation));
        int positions = set.pairs().get(0).corrupt().size();
        List<SweepReport> reports = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            SweepLayout layout = SweepLayout.of(question.target.kinds().get(i), loaded.config(), positions);
            reports.add(new SweepReport(layout, results.get(i).mean(), results.get(i).standardError(),
                question.measured.shortLabel()));
        }
        SweepParts maps = new SweepParts(question.target.parts(), reports);
        int done = results.get(0).each().size();

        Answer answer = loaded.answer().fact("pairs", "%,d of %s".formatted(set.pairs().size(), pairs));
        addQuestion(answer, question, reports.get(0).result());
        maps.addNumbers(answer);
        answer.put("pairs", each(set, results, maps));
        addDone(answer, done * maps.cells(), set.pairs().size() * maps.cells());
        if (!results.get(0).isComplete()) {
            answer.line("").line("Stopped: %,d of %,d pairs are done, and the mean is over these.".formatted(done,
                set.pairs().size()));
        }
        maps.addMaps(answer);
        addWhereNoPathLeads(answer, question.target);
        List<String> lines = set.pairs().stream().limit(done).map(pair -> "line " + pair.line()).toList();
        return write(answer, question, maps,
            maps.table(lines, results.stream().map(PairSweepResult::each).toList()),
            "Mean over %d pairs of %s".formatted(done, set.name())).seconds(loaded.seconds());
    }

    private static PairSweep sweep(Question question, Gpt2 model, PairSet set) {
        return question.target.isOfPaths() ? new PairSweep(set, pair -> question.target.paths(model, pair.clean(),
            pair.corrupt(), question.measured.metric(pair)))
            : new PairSweep(model, set, question.target.kinds(), question.source, question.measured::metric);
    }

    private static JsonArray each(PairSet set, List<PairSweepResult> results, SweepParts maps) {
        JsonArray each = new JsonArray();
        for (int i = 0; i < results.get(0).each().size(); i++) {
            int number = i;
            PairSet.Pair pair = set.pairs().get(i);
            List<SweepResult> panels = results.stream().map(result -> result.each().get(number)).toList();
            SweepResult own = panels.get(0);
            JsonObject object = new JsonObject();
            object.addProperty("line", pair.line());
            object.add("tokens", tokens(Optional.of(pair.clean()), pair.corrupt()));
            object.add("clean", Json.number(own.clean()));
            object.add("corrupt", Json.number(own.corrupt()));
            object.add("values", maps.nested(panels));
            each.add(object);
        }
        return each;
    }

    // ---- both ----

    /** A sweep that tells what it has after every step. */
    @FunctionalInterface
    private interface Work<T> {

        void run(Gpt2 model, Progress progress, Consumer<T> report);
    }

    /** The last that was reported, at the end or at Ctrl+C. */
    private <T> T compute(LoadedModel loaded, String items, Work<T> work) {
        AtomicReference<T> last = new AtomicReference<>();
        try (Progress progress = Progress.on(err(), items)) {
            progress.say("running the prompts");
            return loaded.compute(model -> {
                try {
                    work.run(model, progress, last::set);
                } catch (CancellationException e) {
                    if (last.get() == null) {
                        throw e;
                    }
                }
                return last.get();
            });
        }
    }

    private void addQuestion(Answer answer, Question question, SweepResult result) {
        SweepTarget target = question.target;
        String values = result.clean().isPresent() ? "clean %s, corrupt ".formatted(
            Text.number(result.clean().getAsDouble())) : "";
        answer.put("what", new JsonPrimitive(target.what()))
            .put("by", new JsonPrimitive(target.by()));
        target.end().ifPresent(end -> answer.put(end.option(), new JsonPrimitive(to == null ? from : to)));
        answer.put("with", new JsonPrimitive(question.source.toString()))
            .put("metric", new JsonPrimitive(metric))
            .fact("swept", "%s with %s".formatted(target.words(), question.source))
            .fact("metric", "%s: %s%s".formatted(question.measured.label(question.loaded.tokenizer()), values,
                Text.number(result.corrupt())));
    }

    private static void addWhereNoPathLeads(Answer answer, SweepTarget target) {
        if (target.isOfPaths()) {
            answer.line("– where no path leads, since a receiver lies above its sender");
        }
    }

    private static void addDone(Answer answer, int done, int cells) {
        answer.put("done", new JsonPrimitive(done)).put("cells", new JsonPrimitive(cells));
    }

    private Answer write(Answer answer, Question question, SweepParts maps, List<List<String>> table,
                         String prompts) {
        List<Path> files = new ArrayList<>();
        if (csv != null) {
            FigureFile.writeTable(csv, table);
            files.add(csv);
        }
        if (png != null) {
            String title = "%s, %s".formatted(question.target.words(),
                question.source == Source.CLEAN ? "clean into corrupt" : "replaced by " + question.source);
            String caption = "%s · %s · %s, %s".formatted(prompts,
                question.measured.label(question.loaded.tokenizer()), question.loaded.folder().name(),
                common().processing().label());
            FigureFile.write(png, new SweepFigures(maps, title, caption).figure());
            files.add(png);
        }
        return files.isEmpty() ? answer : answer.files(files);
    }
}
