import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.headscope.ChildJvm;
import org.headscope.RandomGpt2;
import org.headscope.session.ScaleChoice;
import org.headscope.window.StartProbe;
import org.headscope.window.TestWindow;
import org.headscope.window.ViewState;

/**
 * How long frames take while a person hovers, and how long the head map and the start take. Run it as frame_times.sh
 * beside it does; it prints one line a measurement. A model of gpt2-small's size with random weights is written to the
 * folder that is named, unless there is one.
 */
public class FrameTimes {

    private static final int ROUNDS = 5;
    private static final int FRAMES = 300;
    private static final long HOP = 150_000_000;

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        if (!Files.exists(folder.resolve("model.safetensors"))) {
            Files.createDirectories(folder);
            RandomGpt2.write(folder, RandomGpt2.SMALL, 1, false);
        }
        start();
        TestWindow window = TestWindow.open(folder.toString());
        for (int tokens : new int[] {64, 1_024}) {
            run(window, tokens);
            least("all heads repainted, %,d tokens (ms)".formatted(tokens), () -> repaint(window));
            least("frame while hovering over the pattern, %,d tokens, 95th percentile (ms)".formatted(tokens),
                () -> hover(window, "heat-map"));
            least("frame while hovering over the head map, %,d tokens, 95th percentile (ms)".formatted(tokens),
                () -> hover(window, "head-grid"));
            least("longest frame after resting on a head, %,d tokens, 95th percentile (ms)".formatted(tokens),
                () -> rest(window));
        }
        window.fxRun(() -> window.view().tabProperty().set(ViewState.Tab.COMPARE));
        settle(window);
        least("frame while hovering over three patterns, 1,024 tokens, 95th percentile (ms)",
            () -> hover(window, "compare-clean"));
        System.gc();
        Runtime java = Runtime.getRuntime();
        System.out.printf(Locale.ROOT, "memory: %,d MB in use by Java, %,d MB resident, %,d MB at most%n",
            (java.totalMemory() - java.freeMemory()) >> 20, memory("VmRSS"), memory("VmHWM"));
        System.exit(0);
    }

    @FunctionalInterface
    private interface Measured {
        double take() throws Exception;
    }

    /** Other work on the machine only adds to a measurement. */
    private static void least(String what, Measured measured) throws Exception {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, measured.take());
        }
        System.out.printf(Locale.ROOT, "%s: %.1f%n", what, least);
    }

    // ---- the start ----

    private static void start() throws Exception {
        Map<String, Long> least = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            // As mvn javafx:run and the application image start it.
            ProcessBuilder child = ChildJvm.of(List.of("-XX:TieredStopAtLevel=1", "-XX:MetaspaceSize=128m",
                "-Dglass.platform=Monocle", "-Dmonocle.platform=Headless", "-Dprism.order=sw",
                "-Dprism.text=t2k", "-Djava.awt.headless=true", "-Dheadless.geometry=1600x1200-32",
                "-Dai.djl.offline=true", "-Dheadscope.preferences=frame-times"), StartProbe.class);
            Process process = child.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().map(line -> line.split(": ")).filter(parts -> parts.length == 2)
                    .forEach(parts -> least.merge(parts[0], Long.parseLong(parts[1]), Math::min));
            }
            process.waitFor();
        }
        least.forEach((what, millis) -> System.out.printf("start to %s (ms): %d%n", what, millis));
    }

    // ---- a long prompt ----

    private static void run(TestWindow window, int tokens) {
        String words = " store went to the house Tom".repeat(200);
        List<String> all = List.of(words.strip().split(" "));
        String text = String.join(" ", all.subList(0, tokens - 2));
        long before = System.nanoTime();
        window.fxRun(() -> window.workbench().edit("", document -> document.withClean(text + " Tom")
            .withCorrupt(text + " house")));
        settle(window);
        int length = window.fx(() -> window.workbench().pairProperty().get().orElseThrow().clean().size());
        System.out.printf("%,d tokens run and drawn (ms): %d%n", length, (System.nanoTime() - before) / 1_000_000);
    }

    private static void settle(TestWindow window) {
        pause(500);
        while (!window.fx(() -> window.background().activities().isEmpty()
            && window.workbench().currentProperty().get())) {
            pause(20);
        }
        pause(500);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- frames ----

    /** From a new scale until every head is drawn anew and on the screen. */
    private static double repaint(TestWindow window) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        long[] times = new long[2];
        Platform.runLater(() -> {
            ScaleChoice next = window.view().scaleProperty().get().next();
            times[0] = System.nanoTime();
            window.view().scaleProperty().set(next);
            new AnimationTimer() {
                private int after;

                @Override
                public void handle(long now) {
                    boolean busy = window.background().activities().stream()
                        .anyMatch(activity -> activity.what().equals("Drawing the head map"));
                    after = busy ? 0 : after + 1;
                    if (after == 2) {
                        times[1] = System.nanoTime();
                        stop();
                        done.countDown();
                    }
                }
            }.start();
        });
        done.await();
        settle(window);
        return (times[1] - times[0]) / 1e6;
    }

    /** One place farther in every frame. */
    private static double hover(TestWindow window, String id) throws Exception {
        List<Double> frames = new ArrayList<>();
        onEveryFrame(FRAMES, frames, moving(window, id, FRAMES));
        return percentile(frames.subList(20, frames.size()));
    }

    /** From head to head, on each long enough for its pattern to be shown: the longest frame of each. */
    private static double rest(TestWindow window) throws Exception {
        List<Double> longest = new ArrayList<>();
        IntConsumer move = moving(window, "head-grid", 40);
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> new AnimationTimer() {
            private long since;
            private long last;
            private int hop = -1;
            private double worst;

            @Override
            public void handle(long ignored) {
                long now = System.nanoTime();
                worst = Math.max(worst, last == 0 ? 0 : (now - last) / 1e6);
                last = now;
                if (now - since > HOP) {
                    if (hop >= 0) {
                        longest.add(worst);
                    }
                    worst = 0;
                    since = now;
                    if (++hop == 40) {
                        stop();
                        done.countDown();
                        return;
                    }
                    move.accept(hop);
                }
            }
        }.start());
        done.await();
        settle(window);
        return percentile(longest);
    }

    private static void onEveryFrame(int count, List<Double> frames, IntConsumer step)
        throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> new AnimationTimer() {
            private long last;
            private int frame;

            @Override
            public void handle(long ignored) {
                long now = System.nanoTime();
                if (last != 0) {
                    frames.add((now - last) / 1e6);
                }
                last = now;
                if (frame == count) {
                    stop();
                    done.countDown();
                    return;
                }
                step.accept(frame++);
            }
        }.start());
        done.await();
    }

    /** Moves the pointer over a map in a zigzag along its diagonal. */
    private static IntConsumer moving(TestWindow window, String id, int steps) {
        Node canvas = window.fx(() -> ((Parent) window.find(id, Node.class)).getChildrenUnmodifiable().get(0));
        Bounds bounds = window.fx(canvas::getLayoutBounds);
        return step -> {
            double along = 0.3 + 0.4 * step / steps;
            double x = bounds.getWidth() * (0.25 + 0.5 * ((step * 7) % steps) / steps);
            double y = bounds.getHeight() * along;
            Event.fireEvent(canvas, new MouseEvent(MouseEvent.MOUSE_MOVED, x, y, x, y, MouseButton.NONE, 0, false,
                false, false, false, false, false, false, true, false, true, null));
        };
    }

    private static double percentile(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    }

    private static long memory(String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(field)).mapToLong(
                line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
