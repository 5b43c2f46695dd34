package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which processor a model comes to, with GPUs that there are not. */
class PlacementTest {

    private static final Gpus NONE = () -> 0;
    private static final Gpus ONE = () -> 1;
    private static final Accuracy GOOD = new Accuracy(1e-5, 0, 0, 2e-4);
    private static final Accuracy BAD = new Accuracy(0.3, 4, 5, 2e-4);

    /** Models are words; what is done to them is written down. */
    private static final class Fake implements Placement.Trial<String> {

        private final List<String> done = new ArrayList<>();
        private final Function<Processor, String> load;
        private final Function<String, Accuracy> check;

        Fake(Function<Processor, String> load, Function<String, Accuracy> check) {
            this.load = load;
            this.check = check;
        }

        static Fake with(Accuracy accuracy) {
            return new Fake(Processor::label, model -> accuracy);
        }

        @Override
        public String load(Processor processor) {
            done.add("load " + processor.label());
            return load.apply(processor);
        }

        @Override
        public Accuracy check(String onGpu) {
            done.add("check " + onGpu);
            return check.apply(onGpu);
        }

        @Override
        public void close(String model) {
            done.add("close " + model);
        }
    }

    private static String failing(Processor processor) {
        if (processor == Processor.GPU) {
            throw new EngineException("CUDA out of memory.\nException raised from malloc");
        }
        return processor.label();
    }

    private static Accuracy failing(String model) {
        throw new MemoryRefusal("There is too little memory to compare %s.".formatted(model));
    }

    @Test
    void onTheCpuNobodyLooksForAGpu() {
        Fake trial = Fake.with(BAD);
        Gpus never = () -> {
            throw new AssertionError("nobody wished for one");
        };

        assertThat(Placement.of(Wish.CPU, never, trial)).isEqualTo(new Placement<>("CPU", "", false));
        assertThat(trial.done).containsExactly("load CPU");
    }

    @ParameterizedTest
    @EnumSource(value = Wish.class, names = {"GPU", "AUTO"})
    void aGpuThatComputesRightlyIsUsed(Wish wish) {
        Fake trial = Fake.with(GOOD);

        assertThat(Placement.of(wish, ONE, trial)).isEqualTo(new Placement<>("GPU",
            "Computed on the GPU, which differs from double precision by no more than 1.0e-05 in a logit.", false));
        assertThat(trial.done).containsExactly("load GPU", "check GPU");
    }

    @Test
    void withoutAGpuTheCpuIsUsedAndSaysWhy() {
        Fake trial = Fake.with(GOOD);

        assertThat(Placement.of(Wish.AUTO, NONE, trial)).isEqualTo(new Placement<>("CPU",
            "Computed on the CPU, since the engine's library that is loaded finds no GPU.", false));
        assertThat(trial.done).containsExactly("load CPU");
    }

    @Test
    void whoeverInsistsOnAGpuIsToldThatThereIsNone() {
        Fake trial = Fake.with(GOOD);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Placement.of(Wish.GPU, NONE, trial))
            .withMessage("No GPU is used, since the engine's library that is loaded finds no GPU; choose the CPU "
                + "(--device cpu).");
        assertThat(trial.done).isEmpty();
    }

    @Test
    void aGpuThatComputesWronglyIsGivenUpForTheCpu() {
        Fake trial = Fake.with(BAD);

        assertThat(Placement.of(Wish.AUTO, ONE, trial)).isEqualTo(new Placement<>("CPU", "Computed on the CPU, since "
            + "the GPU's logits differ from double precision by 0.30, where rounding explains 0.00020.", true));
        assertThat(trial.done).containsExactly("load GPU", "check GPU", "close GPU", "load CPU");
    }

    @Test
    void aGpuThatComputesWronglyIsRefused() {
        Fake trial = Fake.with(new Accuracy(Double.NaN, 4, 5, 2e-4));

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Placement.of(Wish.GPU, ONE, trial))
            .withMessageContaining("the GPU's logits differ from double precision by NaN");
        assertThat(trial.done).containsExactly("load GPU", "check GPU", "close GPU");
    }

    @Test
    void aGpuThatTheEngineCannotUseIsGivenUpForTheCpu() {
        Fake trial = new Fake(PlacementTest::failing, model -> GOOD);

        assertThat(Placement.of(Wish.AUTO, ONE, trial)).isEqualTo(new Placement<>("CPU",
            "Computed on the CPU, since the engine cannot use the GPU (CUDA out of memory).", true));
        assertThat(trial.done).containsExactly("load GPU", "load CPU");
    }

    @Test
    void aGpuThatCannotBeCheckedIsGivenUpForTheCpu() {
        Fake trial = new Fake(Processor::label, PlacementTest::failing);

        assertThat(Placement.of(Wish.AUTO, ONE, trial)).isEqualTo(new Placement<>("CPU", "Computed on the CPU, since "
            + "the GPU cannot be checked: There is too little memory to compare GPU.", true));
        assertThat(trial.done).containsExactly("load GPU", "check GPU", "close GPU", "load CPU");
    }

    @Test
    void aModelIsNotLeftOnTheGpuWhateverHappens() {
        Fake trial = new Fake(Processor::label, model -> {
            throw new IllegalStateException("a fault of ours");
        });

        assertThatIllegalStateException().isThrownBy(() -> Placement.of(Wish.AUTO, ONE, trial));
        assertThat(trial.done).containsExactly("load GPU", "check GPU", "close GPU");
    }

    /** The engine's library here has no code for GPUs: what it throws then must not end anything. */
    @Test
    void aGpuThatIsNotThereAfterAllIsGivenUpForTheCpu() {
        try (Runtime runtime = Runtime.start(1, MemoryBudget.unbounded(), ONE)) {
            runtime.setWish(Wish.AUTO);
            int[] ids = Fixture.TINY.ids("text");

            Placement<Gpt2> placed = TestModels.RUNTIME.call(() -> Placement.open(Fixture.TINY.model(),
                Processing.TRANSFORMERLENS, runtime, () -> ids));

            assertThat(placed.sentence()).startsWith("Computed on the CPU, since the engine cannot use the GPU (");
            assertThat(placed.failed()).isTrue();
            assertThat(placed.model().processor()).isSameAs(Processor.CPU);
            assertThat(TestModels.run(placed.model(), ids, RunOptions.plain()).output())
                .isEqualTo(TestModels.run(TestModels.model(Fixture.TINY), ids, RunOptions.plain()).output());
            TestModels.RUNTIME.call(() -> {
                placed.model().close();
                return null;
            });
        }
    }

    @Test
    void noGpuIsCheckedWithLessMemoryThanBothPrecisionsTake() {
        assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() -> Gpt2.precise(Fixture.TINY.model(),
            Processing.RAW, MemoryBudget.of(1000))).withMessageStartingWith("Comparing ")
            .withMessageContaining("with double precision needs about ");
    }
}
