package org.headscope.window.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.headscope.TestModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class FxBackgroundTest {

    private static final Work<String> UNREACHED = job -> {
        throw new AssertionError("begun");
    };

    private final FxBackground background = new FxBackground(TestModels.RUNTIME);
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
    }

    @AfterEach
    void close() {
        fx(background::close);
    }

    @Test
    void takesNothingOnceItIsClosed() {
        fx(background::close);
        run(Lane.FOCUS, job -> "too late");
        fx(() -> assertThat(background.activities()).isEmpty());
        assertThat(answers).isEmpty();
        assertThat(failures).isEmpty();
    }

    private void run(Lane lane, Work<String> work) {
        fx(() -> background.run(lane, "Testing", work, answers::add, failures::add));
    }

    private static void fx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(20), work);
    }

    private void untilIdle() throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(
            () -> background.activities().isEmpty()).get());
    }

    /** Work that goes on until its request is cancelled, whatever becomes of its answer. */
    private static Work<String> untilCancelled(CountDownLatch begun, String answer) {
        return job -> {
            begun.countDown();
            while (!job.cancellation().isRequested()) {
                Thread.onSpinWait();
            }
            return answer;
        };
    }

    @Test
    void workIsDoneElsewhereAndAnsweredOnTheToolkitsThread() throws TimeoutException {
        for (Lane lane : List.of(Lane.RUNS, Lane.EXPORT)) {
            fx(() -> background.run(lane, "Testing", job -> Platform.isFxApplicationThread(),
                elsewhere -> answers.add(elsewhere + " " + Platform.isFxApplicationThread()), failures::add));
        }
        untilIdle();

        assertThat(answers).containsExactly("false true", "false true");
        assertThat(failures).isEmpty();
    }

    @Test
    void theNewestRequestOfALaneWins() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        run(Lane.RUNS, job -> {
            goOn.await();
            return "old";
        });
        run(Lane.RUNS, UNREACHED);
        run(Lane.RUNS, job -> "new");
        goOn.countDown();
        untilIdle();

        assertThat(answers).containsExactly("new");
        assertThat(failures).isEmpty();
    }

    @Test
    void otherLanesGoOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        run(Lane.EXPORT, untilCancelled(begun, "export"));
        begun.await();
        run(Lane.FOCUS, job -> "focus");
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> answers.contains("focus"));
        assertThat(answers).doesNotContain("export");

        fx(() -> background.drop(Lane.EXPORT));
        untilIdle();
        assertThat(answers).containsExactly("focus");
    }

    @Test
    void failuresArriveAsTheyWereThrown() throws TimeoutException {
        for (Lane lane : List.of(Lane.RUNS, Lane.EXPORT)) {
            run(lane, job -> {
                throw new IOException(lane.name());
            });
        }
        untilIdle();

        assertThat(failures).hasOnlyElementsOfType(IOException.class).extracting(Throwable::getMessage)
            .containsExactlyInAnyOrder("RUNS", "EXPORT");
    }

    @Test
    void aCancelledRequestSaysSo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        run(Lane.RUNS, job -> {
            untilCancelled(begun, "").run(job);
            job.cancellation().throwIfRequested();
            return "never";
        });
        begun.await();
        fx(() -> background.activities().forEach(Activity::cancel));
        untilIdle();

        assertThat(failures).hasOnlyElementsOfType(CancellationException.class).hasSize(1);
        assertThat(answers).isEmpty();
    }

    @Test
    void whatIsShownMeanwhileIsShownOnlyForTheNewestRequest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        run(Lane.RUNS, job -> {
            untilCancelled(begun, "").run(job);
            job.show(() -> answers.add("shown by the old"));
            return "old";
        });
        begun.await();
        run(Lane.RUNS, job -> {
            job.show(() -> answers.add("shown"));
            return "done";
        });
        untilIdle();

        assertThat(answers).containsExactly("shown", "done");
    }

    @Test
    void manyReportsAreMadeAtMostOnceAPulseAndTheLastOfThemIs() throws Exception {
        int reports = 20_000;
        List<Double> progress = new ArrayList<>();
        List<Integer> newest = new ArrayList<>();
        List<Integer> each = new ArrayList<>();
        int[] pulses = {0};
        AnimationTimer counting = new AnimationTimer() {
            @Override
            public void handle(long now) {
                pulses[0]++;
            }
        };
        fx(() -> {
            counting.start();
            background.run(Lane.EXPORT, "Testing", job -> {
                for (int i = 1; i <= reports; i++) {
                    int done = i;
                    job.progress(done, reports);
                    job.showNewest(() -> newest.add(done));
                    if (done % 100 == 0) {
                        job.show(() -> each.add(done));
                    }
                }
                return "done";
            }, answers::add, failures::add);
            background.activities().get(0).progressProperty().addListener((observed, before, now) ->
                progress.add(now.doubleValue()));
        });
        untilIdle();

        fx(() -> {
            counting.stop();
            // One more as the work comes to its end.
            assertThat(progress).isSorted().hasSizeBetween(1, pulses[0] + 1).last().isEqualTo(1.0);
            assertThat(newest).isSorted().hasSizeBetween(1, pulses[0] + 1).last().isEqualTo(reports);
            assertThat(each).isEqualTo(IntStream.rangeClosed(1, reports / 100).map(i -> i * 100).boxed().toList());
            assertThat(answers).containsExactly("done");
        });
    }

    @Test
    void aCountStaysWhenAShareFollows() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        run(Lane.EXPORT, job -> {
            job.progress(10, 16);
            job.progress(0.7);
            seen.await();
            return "done";
        });
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(
            () -> background.activities().get(0).progressProperty().get() == 0.7).get());

        fx(() -> assertThat(background.activities().get(0).count()).isEqualTo("10 of 16"));
        seen.countDown();
        untilIdle();
    }

    @Test
    void whatIsShownComesInOrderBeforeWorkHasEnded() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        run(Lane.EXPORT, job -> {
            job.show(() -> answers.add("first"));
            job.showNewest(() -> answers.add("second"));
            job.show(goOn::countDown);
            goOn.await();
            job.showNewest(() -> answers.add("third"));
            return "done";
        });
        untilIdle();

        assertThat(answers).containsExactly("first", "second", "third", "done");
    }

    @Test
    void anUpdateThatFailsTakesNoOtherWithIt() throws TimeoutException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        fx(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.add(error)));
        run(Lane.EXPORT, job -> {
            job.show(() -> {
                throw new IllegalStateException("shown badly");
            });
            job.show(() -> answers.add("shown"));
            return "done";
        });
        untilIdle();
        fx(() -> Thread.currentThread().setUncaughtExceptionHandler(null));

        assertThat(answers).containsExactly("shown", "done");
        assertThat(uncaught).extracting(Throwable::getMessage).containsExactly("shown badly");
    }

    @Test
    void aPauseIsReplacedByTheNextOfItsLane() throws TimeoutException {
        fx(() -> {
            background.later(Lane.PATCH, 20, () -> answers.add("replaced by work"));
            background.run(Lane.PATCH, "Testing", job -> "work", done -> { }, failures::add);
            background.later(Lane.RUNS, 20, () -> answers.add("first"));
            background.later(Lane.RUNS, 20, () -> answers.add("second"));
            background.later(Lane.EXPORT, 20, () -> answers.add("other"));
        });
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> answers.size() >= 2);

        assertThat(answers).containsExactlyInAnyOrder("second", "other");
    }
}
