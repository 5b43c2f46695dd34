package org.headscope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headscope.model.Cancellation;
import org.headscope.model.HookPoint;
import org.headscope.model.Runtime;
import org.headscope.patching.Metric;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.weights.Processing;

/**
 * Begins sweeps of 64 tokens against 64 that differ at the fifth, cancels them and prints how long it took to show
 * something and to end. A program of its own, started by {@link LargeModelTest}, so that nothing but the model counts.
 */
public final class LargeSweepProbe {

    private static final int TOKENS = 64;
    private static final int DIFFERENT = 4;

    private LargeSweepProbe() {
    }

    public static void main(String[] arguments) throws IOException {
        try (Runtime runtime = Runtime.start(0);
             OpenModel model = OpenModel.open(arguments[0], Processing.TRANSFORMERLENS, runtime)) {
            int[] ids = new Random(1).ints(TOKENS, 0, model.gpt2().config().vocabulary()).toArray();
            Prompt clean = prompt(ids);
            ids[DIFFERENT] = 5;
            Prompt corrupt = prompt(ids);
            // The largest batches there are, then a whole vocabulary of each cell, then many small ones.
            cancelled(model, clean, corrupt, By.HEAD, new Metric.Logit(5), 1_700);
            cancelled(model, clean, corrupt, By.HEAD, new Metric.Logit(5), 2_900);
            cancelled(model, clean, corrupt, By.POSITION, new Metric.Divergence(), 2_300);
            cancelled(model, clean, corrupt, By.POSITION, new Metric.Logit(5), 3_100);
        }
    }

    private static Prompt prompt(int[] ids) {
        List<Token> tokens = new ArrayList<>();
        for (int id : ids) {
            tokens.add(new Token(tokens.size(), id, "", new byte[0], 0, 0));
        }
        return new Prompt("", false, tokens);
    }

    private static void cancelled(OpenModel model, Prompt clean, Prompt corrupt, By by, Metric metric, int after)
        throws IOException {
        Sweep sweep = new Sweep(model.gpt2(), Optional.of(clean), corrupt, new SweepKind(HookPoint.Z, by),
            Source.CLEAN, metric);
        Sweep.Base base = model.runtime().call(() -> sweep.base(new Cancellation()));
        Cancellation cancellation = new Cancellation();
        long start = System.nanoTime();
        List<Long> reports = new ArrayList<>();
        var done = model.runtime().submit(() -> sweep.run(base, Sweep.ROWS, 0,
            result -> reports.add(System.nanoTime()), cancellation)).handle((result, failure) -> failure);
        try {
            TimeUnit.MILLISECONDS.sleep(after);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long asked = System.nanoTime();
        cancellation.request();
        String end = done.join() instanceof CancellationException ? "cancelled" : "failed";
        System.out.printf("%s: first after %d ms, %s after %d ms, %d kB at most%n", by,
            milliseconds(reports.get(0) - start), end, milliseconds(System.nanoTime() - asked), mostResident());
    }

    private static long milliseconds(long nanoseconds) {
        return TimeUnit.NANOSECONDS.toMillis(nanoseconds);
    }

    /** Memory of this process in kB, as Linux counts it. */
    private static long mostResident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM")).mapToLong(
                line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        }
    }
}
