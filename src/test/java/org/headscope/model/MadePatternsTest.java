package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

/** What is made of queries and keys is what the run, and TransformerLens, computed. */
class MadePatternsTest {

    private static final Predicate<Hook> QUERIES_AND_KEYS =
        hook -> hook.point() == HookPoint.Q || hook.point() == HookPoint.K;
    private static final Hook PATTERN = Hook.of(HookPoint.PATTERN, 2);

    private static ActivationCache run(Fixture fixture, RunOptions options) {
        return TestModels.run(TestModels.model(fixture), fixture.ids("clean"), options).cache();
    }

    private static ActivationCache queriesAndKeys(Fixture fixture) {
        return run(fixture, RunOptions.plain().keeping(QUERIES_AND_KEYS));
    }

    @Test
    void patternsAndScoresAreTransformerLenss() {
        for (Fixture fixture : new Fixture[] {Fixture.TINY, Fixture.SMALL}) {
            ActivationCache made = queriesAndKeys(fixture);
            Tensor expected = fixture.tensor("clean/blocks.2.attn.hook_pattern");

            Fixture.assertClose("all heads", made.get(PATTERN), expected, 5e-6);
            Fixture.assertClose("one head", made.pattern(new Head(2, 3)), expected.slice(0, 3), 5e-6);
            Fixture.assertClose("scores", made.scores(new Head(2, 3)),
                fixture.tensor("clean/blocks.2.attn.hook_attn_scores").slice(0, 3), 5e-6);
        }
    }

    @Test
    void rowsAreThoseOfThePatternWhetherItWasKeptOrIsMade() {
        Head head = new Head(2, 3);
        ActivationCache made = queriesAndKeys(Fixture.SMALL);
        ActivationCache kept = run(Fixture.SMALL, RunOptions.plain().keeping(PATTERN::equals));
        assertRows(made.rows(head), made.pattern(head));
        assertRows(kept.rows(head), kept.pattern(head));
        assertThatThrownBy(() -> kept.rows(new Head(1, 0))).hasMessageContaining("hook_pattern");
    }

    private static void assertRows(AttentionRows rows, Tensor pattern) {
        assertThat(rows.tokens()).isEqualTo(pattern.extent(0));
        for (int query = 0; query < rows.tokens(); query++) {
            assertThat(Arrays.copyOf(rows.row(query), query + 1)).as("query %d", query)
                .isEqualTo(pattern.slice(query).toArray(0, query + 1));
        }
    }

    @Test
    void onlyWhatWasKeptIsListedButPatternsAreHeld() {
        ActivationCache made = queriesAndKeys(Fixture.TINY);

        assertThat(made.hooks()).allMatch(QUERIES_AND_KEYS);
        assertThat(made.holds(List.of(PATTERN, Hook.of(HookPoint.Q, 0)))).isTrue();
        assertThat(made.holds(Set.of(Hook.of(HookPoint.Z, 0)))).isFalse();
        assertThat(made.layersWithPatterns()).isEqualTo(3);
        assertThat(made.find(Hook.of(HookPoint.Z, 0))).isEmpty();
    }

    @Test
    void aRunWithNeitherHasNone() {
        ActivationCache nothing = run(Fixture.TINY, RunOptions.plain());

        assertThat(nothing.find(PATTERN)).isEmpty();
        assertThat(nothing.layersWithPatterns()).isZero();
        assertThatThrownBy(() -> nothing.pattern(new Head(0, 0))).hasMessageContaining("hook_pattern");
    }

    @Test
    void aPatternThatWasReplacedIsNotMadeOfQueriesAndKeys() {
        Intervention zero = new Intervention(Site.whole(PATTERN), new Replacement.Constant(0));
        ActivationCache edited = run(Fixture.TINY, RunOptions.plain().with(List.of(zero)).keeping(QUERIES_AND_KEYS));

        assertThat(edited.find(PATTERN)).isEmpty();
    }

    @Test
    void editedKeysGiveTheEditedPattern() {
        Intervention zero = new Intervention(Site.whole(Hook.of(HookPoint.K, 2)), new Replacement.Constant(0));
        RunOptions options = RunOptions.plain().with(List.of(zero));

        Fixture.assertClose("pattern", run(Fixture.TINY, options.keeping(QUERIES_AND_KEYS)).get(PATTERN),
            run(Fixture.TINY, options.keeping(PATTERN::equals)).get(PATTERN), 5e-6);
    }
}
