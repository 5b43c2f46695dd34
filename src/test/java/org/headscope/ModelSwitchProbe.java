package org.headscope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.session.OpenModel;
import org.headscope.weights.Processing;

/**
 * Opens two models in turn, each after the other is closed, runs them and prints the resident memory in kB after each. A
 * program of its own, started by {@link ModelSwitchTest}.
 */
public final class ModelSwitchProbe {

    private ModelSwitchProbe() {
    }

    /** @param arguments the two folders, and how many times */
    public static void main(String[] arguments) throws IOException {
        try (Runtime runtime = Runtime.start(0)) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Processing processing = i % 4 == 3 ? Processing.RAW : Processing.TRANSFORMERLENS;
                try (OpenModel model = OpenModel.open(arguments[i % 2], processing, runtime)) {
                    int[] ids = new Random(i).ints(64, 0, model.gpt2().config().vocabulary()).toArray();
                    runtime.call(() -> model.gpt2().run(ids, RunOptions.plain()).logits(-1).top(1));
                }
                // Behind the closing, which is work of the inference thread as well.
                runtime.call(() -> null);
                System.out.println(resident());
            }
        }
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        }
    }
}
