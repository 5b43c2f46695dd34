package org.headscope;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.session.OpenModel;
import org.headscope.weights.Processing;

/**
 * Opens two models in turn, each after the other is closed, runs them and prints the resident memory in kB after each,
 * once all that nothing refers to is given back. A program of its own, started by {@link ModelSwitchTest}.
 */
public final class ModelSwitchProbe {

    private static final long SECONDS = 60;

    private ModelSwitchProbe() {
    }

    /** @param arguments the two folders, and how many times */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Runtime runtime = Runtime.start(0)) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Processing processing = i % 4 == 3 ? Processing.RAW : Processing.TRANSFORMERLENS;
                openAndClose(arguments[i % 2], processing, new Random(i), runtime);
                // Behind the closing, which is work of the inference thread as well.
                runtime.call(() -> null);
                // The second collection finds all that the first one's cleaning let go, and waits until it was done.
                collect();
                collect();
                Runtime.giveBackMemory();
                System.out.println(resident());
            }
        }
    }

    /** In a method of its own, since the collector takes a method's variables for used until it returns. */
    private static void openAndClose(String folder, Processing processing, Random random, Runtime runtime) {
        try (OpenModel model = OpenModel.open(folder, processing, runtime)) {
            int[] ids = random.ints(64, 0, model.gpt2().config().vocabulary()).toArray();
            runtime.call(() -> model.gpt2().run(ids, RunOptions.plain()).logits(-1).top(1));
        }
    }

    /**
     * Collects what nothing refers to and waits until its turn to be cleaned has come: memory outside the heap is given
     * back by a thread that has other things to do on a busy machine.
     */
    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> cleaned = new ReferenceQueue<>();
        PhantomReference<Object> rubbish = new PhantomReference<>(new Object(), cleaned);
        // As a large model has it done when it is closed; those of the suite are small.
        Runtime.giveBackMemory();
        if (cleaned.remove(TimeUnit.SECONDS.toMillis(SECONDS)) != rubbish) {
            throw new IllegalStateException("nothing was collected within " + SECONDS + " s");
        }
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        }
    }
}
