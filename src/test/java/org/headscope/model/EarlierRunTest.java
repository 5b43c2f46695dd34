package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run after one whose prompt began alike gives what it gives by itself. */
class EarlierRunTest {

    private static final RunOptions EVERYTHING = RunOptions.plain().lastLogitsOnly().keeping(hook -> true);

    private static RunOptions.Earlier earlier(Gpt2 model, int[] ids, Predicate<Hook> keep) {
        return new RunOptions.Earlier(ids, run(model, ids, EVERYTHING.keeping(keep)).cache());
    }

    private static void assertSame(Run actual, Run expected) {
        assertThat(actual.cache().hooks()).containsExactlyElementsOf(expected.cache().hooks());
        assertClose(actual.output(), expected.output(), "logits");
        for (Hook hook : expected.cache().hooks()) {
            assertClose(actual.cache().get(hook), expected.cache().get(hook), hook.name());
        }
    }

    private static void assertClose(Tensor actual, Tensor expected, String name) {
        assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
        double largest = 1e-30;
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            if (Float.isInfinite(expected.at(i))) {
                assertThat(actual.at(i)).as(name).isEqualTo(expected.at(i));
            } else {
                largest = Math.max(largest, Math.abs(expected.at(i)));
                worst = Math.max(worst, Math.abs(actual.at(i) - expected.at(i)));
            }
        }
        assertThat(worst / largest).as(name).isLessThan(5e-6);
    }

    private static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyActivationIsThatOfARunByItself(Fixture fixture) {
        Gpt2 model = model(fixture);
        Random random = new Random(11);
        for (int i = 0; i < 12; i++) {
            int[] before = random.ints(2 + random.nextInt(9), 0, model.config().vocabulary()).toArray();
            int[] now = random.ints(2 + random.nextInt(9), 0, model.config().vocabulary()).toArray();
            System.arraycopy(before, 0, now, 0, random.nextInt(1 + Math.min(before.length, now.length)));
            RunOptions.Earlier earlier = earlier(model, before, hook -> true);

            assertSame(run(model, now, EVERYTHING.after(earlier)), run(model, now, EVERYTHING));
        }
    }

    /** Otherwise every prompt of a long afternoon would stay in memory. */
    @Test
    void theEarlierRunIsNotKeptByTheLaterOne() throws InterruptedException {
        ReferenceQueue<ActivationCache> gone = new ReferenceQueue<>();
        Followed followed = Followed.of(model(Fixture.TINY), Fixture.TINY.ids("clean"), Fixture.TINY.ids("corrupt"),
            gone);

        Reference<? extends ActivationCache> found = null;
        for (int i = 0; i < 100 && found == null; i++) {
            System.gc();
            found = gone.remove(100);
        }
        assertThat(found).isSameAs(followed.earlier());
        assertThat(followed.later().cache().get(HookPoint.PATTERN, 0).size()).isPositive();
    }

    private record Followed(Run later, PhantomReference<ActivationCache> earlier) {

        /** In a method of its own, since the collector takes a method's variables for used until it returns. */
        static Followed of(Gpt2 model, int[] before, int[] now, ReferenceQueue<ActivationCache> gone) {
            RunOptions.Earlier earlier = EarlierRunTest.earlier(model, before, hook -> true);
            return new Followed(run(model, now, EVERYTHING.after(earlier)),
                new PhantomReference<>(earlier.cache(), gone));
        }
    }

    @Test
    void theBeginningIsTheEarlierRunsToTheLastBit() {
        Fixture fixture = Fixture.SMALL;
        Gpt2 model = model(fixture);
        RunOptions.Earlier earlier = earlier(model, fixture.ids("clean"), hook -> true);
        Run after = run(model, fixture.ids("corrupt"), EVERYTHING.after(earlier));
        Tensor clean = earlier.cache().get(HookPoint.RESID_POST, 0);
        int same = Arrays.mismatch(fixture.ids("clean"), fixture.ids("corrupt"));

        for (int position = 0; position < same; position++) {
            assertThat(after.cache().get(HookPoint.RESID_POST, 0).slice(0, position))
                .isEqualTo(clean.slice(0, position));
        }
    }

    @Test
    void theSamePromptAgainIsTheSame() {
        Fixture fixture = Fixture.TINY;
        Gpt2 model = model(fixture);
        RunOptions.Earlier earlier = earlier(model, fixture.ids("clean"), hook -> true);

        assertSame(run(model, fixture.ids("clean"), EVERYTHING.after(earlier)),
            run(model, fixture.ids("clean"), EVERYTHING));
    }

    @Test
    void whatTheEarlierRunDidNotKeepIsComputed() {
        Fixture fixture = Fixture.TINY;
        Gpt2 model = model(fixture);
        Predicate<Hook> few = hook -> hook.point() == HookPoint.K || hook.point() == HookPoint.V;
        RunOptions.Earlier earlier = earlier(model, fixture.ids("clean"), few);

        assertSame(run(model, fixture.ids("corrupt"), EVERYTHING.after(earlier)),
            run(model, fixture.ids("corrupt"), EVERYTHING));
        assertSame(run(model, fixture.ids("corrupt"), EVERYTHING.keeping(few).after(earlier)),
            run(model, fixture.ids("corrupt"), EVERYTHING.keeping(few)));
    }

    @Test
    void anEditedRunIsComputedAsAWhole() {
        Fixture fixture = Fixture.TINY;
        Gpt2 model = model(fixture);
        RunOptions.Earlier earlier = earlier(model, fixture.ids("clean"), hook -> true);
        RunOptions edited = EVERYTHING.with(List.of(new Intervention(
            Site.whole(Hook.of(HookPoint.RESID_MID, 0)), new Replacement.Constant(0))));

        assertSame(run(model, fixture.ids("corrupt"), edited.after(earlier)),
            run(model, fixture.ids("corrupt"), edited));
    }
}
