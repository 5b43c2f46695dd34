package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headscope.command.Table.Align;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.Variants;
import org.headscope.patching.Experiment;
import org.headscope.patching.Metric;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times the work that a person waits for. The figures mean little alone: a script in {@code src/bench} runs the same
 * work in TransformerLens in alternation and prints the ratios.
 */
@Command(name = "bench", description = "Times a forward pass, caches, patches and sweeps on the chosen model.")
final class BenchCommand extends AnswerCommand {

    private static final String LONGER_CLEAN = "When John and Mary went to the shops, John gave the bag to";
    private static final String LONGER_CORRUPT = "When John and Mary went to the shops, Mary gave the bag to";

    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(3);

    @Option(names = "--runs", defaultValue = "5", description = "Counted runs of each row, after those that warm up.")
    private int runs;

    /** Milliseconds of the counted runs of one piece of work. */
    private record Row(String name, String what, double[] milliseconds) {

        double median() {
            double[] sorted = milliseconds.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        JsonObject json() {
            JsonObject row = new JsonObject();
            row.addProperty("name", name);
            row.addProperty("what", what);
            row.addProperty("median_ms", median());
            row.addProperty("min_ms", Arrays.stream(milliseconds).min().orElseThrow());
            row.addProperty("runs", milliseconds.length);
            return row;
        }
    }

    /** Two prompts and the runs of them that a person has on the screen when a patch or a sweep begins. */
    private record Pair(Prompt clean, Prompt corrupt, Run cleanRun, Run corruptRun) {

        static Pair run(Gpt2 model, Prompt clean, Prompt corrupt) {
            RunOptions options = RunOptions.plain().lastLogitsOnly().keeping(BenchCommand::isOnScreen);
            Run cleanRun = model.run(clean.ids(), options);
            return new Pair(clean, corrupt, cleanRun, model.run(corrupt.ids(),
                options.after(new RunOptions.Earlier(clean.ids(), cleanRun.cache()))));
        }
    }

    private static boolean isOnScreen(Hook hook) {
        return Document.PARTS.contains(hook.point()) || Variants.needs(Set.copyOf(Document.PARTS)).test(hook);
    }

    @Override
    Answer answer() {
        long start = System.nanoTime();
        try (LoadedModel model = common().open()) {
            List<Row> rows = new ArrayList<>();
            rows.add(new Row("load", "files to ready, processed", new double[] {(System.nanoTime() - start) / 1e6}));
            Prompt clean = common().text(model.tokenizer(), Document.notebook().clean());
            Prompt corrupt = common().text(model.tokenizer(), Document.notebook().corrupt());
            Prompt longerClean = common().text(model.tokenizer(), LONGER_CLEAN);
            Prompt longerCorrupt = common().text(model.tokenizer(), LONGER_CORRUPT);
            rows.add(time(model, "forward", "forward, 8 tokens", gpt2 -> gpt2.run(clean.ids(), RunOptions.plain())));
            rows.add(time(model, "cache", "run_with_cache, 8 tokens",
                gpt2 -> gpt2.run(clean.ids(), RunOptions.plain().keepingDefaults())));
            rows.add(time(model, "experiment", "two runs with all patterns, one patch", gpt2 -> experiment(gpt2, clean,
                corrupt)));
            Pair pair = model.compute(gpt2 -> Pair.run(gpt2, clean, corrupt));
            rows.add(time(model, "patch", "one patch, from click to readout", gpt2 -> patch(gpt2, pair)));
            rows.add(time(model, "heads_8", "all heads, hook_z, 8 tokens", gpt2 -> sweep(gpt2, pair, By.HEAD)));
            Pair longer = model.compute(gpt2 -> Pair.run(gpt2, longerClean, longerCorrupt));
            rows.add(time(model, "heads_15", "all heads, hook_z, 15 tokens", gpt2 -> sweep(gpt2, longer, By.HEAD)));
            rows.add(time(model, "positions_15", "every head at every position, hook_z, 15 tokens",
                gpt2 -> sweep(gpt2, longer, By.POSITION)));
            int longest = model.config().positions();
            int[] ids = IntStream.range(0, longest).map(i -> i * 7919 % model.tokenizer().size()).toArray();
            RunOptions patterns = RunOptions.plain().keeping(hook -> hook.point() == HookPoint.PATTERN);
            rows.add(time(model, "cache_long", "all patterns and all logits, %,d tokens".formatted(longest),
                gpt2 -> gpt2.run(ids, patterns)));
            rows.add(time(model, "cache_long_last", "all patterns and the last logits, %,d tokens".formatted(longest),
                gpt2 -> gpt2.run(ids, patterns.lastLogitsOnly())));
            addAnalyses(model, rows);
            return answer(model, rows);
        }
    }

    private void addAnalyses(LoadedModel model, List<Row> rows) {
        try (BenchAnalyses analyses = model.compute(BenchAnalyses::new)) {
            for (BenchAnalyses.Work work : analyses.all()) {
                rows.add(time(model, work.name(), work.what(), gpt2 -> work.run().run()));
            }
        }
    }

    private Answer answer(LoadedModel model, List<Row> rows) {
        JsonArray json = new JsonArray();
        Table table = new Table().column("work", Align.LEFT).column("median ms", Align.RIGHT);
        for (Row row : rows) {
            json.add(row.json());
            table.row(row.what(), String.format(Locale.ROOT, "%.1f", row.median()));
        }
        return model.answer().put("rows", json).put("threads", new JsonPrimitive(model.runtime().threads()))
            .table(table).seconds(model.seconds());
    }

    private Row time(LoadedModel model, String name, String what, Consumer<Gpt2> work) {
        double[] milliseconds = new double[Math.max(1, runs)];
        model.compute(gpt2 -> {
            warmUp(gpt2, work);
            for (int i = 0; i < milliseconds.length; i++) {
                long start = System.nanoTime();
                work.accept(gpt2);
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
            return name;
        });
        return new Row(name, what, milliseconds);
    }

    /** Until Java has compiled what runs often, as it has for a person who has worked for a minute. */
    private static void warmUp(Gpt2 model, Consumer<Gpt2> work) {
        long start = System.nanoTime();
        do {
            work.accept(model);
        } while (System.nanoTime() - start < WARM_UP);
    }

    private static void experiment(Gpt2 model, Prompt clean, Prompt corrupt) {
        patch(model, Pair.run(model, clean, corrupt));
    }

    private static void patch(Gpt2 model, Pair pair) {
        Head middle = new Head(model.config().layers() / 3, 1);
        Experiment experiment = Experiment.of(model, pair.clean(), pair.cleanRun(), pair.corrupt(),
            pair.corruptRun());
        experiment.readout(0, Optional.of(experiment.patched(
            List.of(new Patch(Site.head(HookPoint.Z, middle), Source.CLEAN)), new Cancellation())));
    }

    private static void sweep(Gpt2 model, Pair pair, By by) {
        new Sweep(model, Optional.of(pair.clean()), pair.corrupt(), new SweepKind(HookPoint.Z, by), Source.CLEAN,
            new Metric.Logit(0)).run(new Sweep.Base(Optional.of(pair.cleanRun()), pair.corruptRun()), Sweep.ROWS, 0,
            result -> { }, new Cancellation());
    }
}
