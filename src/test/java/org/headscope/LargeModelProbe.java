package org.headscope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.session.OpenModel;
import org.headscope.weights.Processing;

/**
 * Opens the model in a folder, runs it at several lengths and prints what each step gave and took. A program of its
 * own, started by {@link LargeModelTest}, so that nothing but the model counts.
 */
public final class LargeModelProbe {

    private LargeModelProbe() {
    }

    public static void main(String[] arguments) throws IOException {
        try (Runtime runtime = Runtime.start(0)) {
            long start = System.nanoTime();
            try (OpenModel model = OpenModel.open(arguments[0], Processing.TRANSFORMERLENS, runtime)) {
                report("load", start, "-");
                RunOptions patterns = RunOptions.plain().keeping(hook -> hook.point() == HookPoint.PATTERN);
                if (arguments[1].equals("all")) {
                    run("all", model, 1_024, patterns);
                    return;
                }
                for (int length : new int[] {8, 256, 1_024}) {
                    run("last", model, length, patterns.lastLogitsOnly());
                }
            }
        }
    }

    private static void run(String which, OpenModel model, int length, RunOptions options) throws IOException {
        int[] ids = new Random(length).ints(length, 0, model.gpt2().config().vocabulary()).toArray();
        long start = System.nanoTime();
        Run run = model.runtime().call(() -> model.gpt2().run(ids, options));
        report(which + length, start, "%d logits, %d patterns, best %d".formatted(run.output().extent(1),
            run.cache().hooks().size(), run.logits(-1).top(1).get(0).id()));
    }

    private static void report(String what, long start, String result) throws IOException {
        System.out.printf("%s: %s; %d ms, %d kB at most, %d kB now%n", what, result,
            (System.nanoTime() - start) / 1_000_000, resident("VmHWM"), resident("VmRSS"));
    }

    /** Memory of this process in kB, as Linux counts it. */
    private static long resident(String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(field)).mapToLong(
                line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        }
    }
}
