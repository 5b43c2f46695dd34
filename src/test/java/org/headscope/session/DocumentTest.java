package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static final Head HEAD = new Head(1, 0);
    private static final Head OTHER = new Head(2, 3);

    private static final Swept INTO = Swept.paths(HookPoint.Q, Swept.Paths.INTO);
    private static final Swept FROM = Swept.paths(HookPoint.V, Swept.Paths.FROM);

    private final Document start = Document.notebook();

    @Test
    void aFirstStartHasTheFoundingNotebooksPair() {
        assertThat(start).isEqualTo(new Document("Tom went to the store. Tom", "Tom went to the store. Sarah", true,
            Optional.empty(), false, HookPoint.Z, new Substitution(Source.CLEAN, Substitution.Side.CORRUPT), List.of(),
            List.of(), Viewing.FIRST, Sweeping.FIRST, Optional.empty()));
    }

    @Test
    void aPathLeadsToALaterLayerAndGoesWithTheModel() {
        HeadPath path = new HeadPath(HEAD, OTHER, HookPoint.K);
        Document traced = start.withPath(Optional.of(path));

        assertThat(path).hasToString("%s → %s k".formatted(HEAD, OTHER));
        assertThat(traced.withFocus(OTHER, true).swapped().withBos(false).path()).contains(path);
        assertThat(traced.forAnotherModel().path()).isEmpty();
        assertThat(HeadPath.whyNot(HEAD, OTHER)).isEmpty();
        assertThat(HeadPath.whyNot(OTHER, HEAD).orElseThrow()).contains("earlier layer than " + OTHER);
        assertThat(HeadPath.whyNot(HEAD, new Head(HEAD.layer(), 9)).orElseThrow()).contains("the same layer as");
        assertThat(HeadPath.whyNot(HEAD, HEAD).orElseThrow()).contains("writes itself");
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadPath(OTHER, HEAD, HookPoint.Q));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadPath(HEAD, OTHER, HookPoint.Z));
    }

    @Test
    void togglingStagesAtTheEndAndTakesAwayAgain() {
        Document two = start.toggled(HEAD, HookPoint.Z).toggled(OTHER, HookPoint.V);

        assertThat(two.patches()).containsExactly(new StagedPatch(HEAD, HookPoint.Z, true),
            new StagedPatch(OTHER, HookPoint.V, true));
        assertThat(two.toggled(HEAD, HookPoint.Z).patches()).containsExactly(two.patches().get(1));
        assertThat(two.isStaged(HEAD, HookPoint.Z)).isTrue();
        assertThat(two.isStaged(HEAD, HookPoint.V)).isFalse();
    }

    @Test
    void togglingTakesAwayWhatIsTurnedOffToo() {
        Document off = start.toggled(HEAD, HookPoint.Z);
        off = off.turned(off.patches().get(0), false);

        assertThat(off.patches()).extracting(StagedPatch::on).containsExactly(false);
        assertThat(off.toggled(HEAD, HookPoint.Z).patches()).isEmpty();
    }

    @Test
    void patchesAreFoundByTheirPlaceWhetherOnOrOff() {
        Document two = start.toggled(HEAD, HookPoint.Z).toggled(OTHER, HookPoint.Z);
        StagedPatch stale = new StagedPatch(HEAD, HookPoint.Z, false);

        assertThat(two.without(stale).patches()).extracting(StagedPatch::head).containsExactly(Optional.of(OTHER));
        assertThat(two.turned(stale, false).patches()).extracting(StagedPatch::on).containsExactly(false, true);
        assertThat(two.withoutPatches().patches()).isEmpty();
    }

    @Test
    void aHeadIsStagedAtAllPositions() {
        StagedPatch staged = new StagedPatch(HEAD, HookPoint.PATTERN, true);

        assertThat(staged.patch(Source.ZERO)).isEqualTo(new Patch(Site.head(HookPoint.PATTERN, HEAD), Source.ZERO));
        assertThat(staged).hasToString("L1H0 pattern");
        assertThat(staged.where()).isEqualTo("all positions");
        assertThat(staged.head()).contains(HEAD);
    }

    @Test
    void anyPlaceCanBeStagedAndIsNamed() {
        StagedPatch layer = new StagedPatch(Site.whole(Hook.of(HookPoint.RESID_PRE, 2)).at(Positions.only(7)), true);
        StagedPatch edge = new StagedPatch(Site.head(HookPoint.PATTERN, HEAD).edge(7, 2), true);
        Document both = start.toggled(layer.site()).toggled(edge.site());

        assertThat(both.patches()).containsExactly(layer, edge);
        assertThat(both.isStaged(edge.site())).isTrue();
        assertThat(both.isStaged(HEAD, HookPoint.PATTERN)).as("the whole pattern").isFalse();
        assertThat(layer + ", " + layer.where()).isEqualTo("L2 resid_pre, position 7");
        assertThat(edge + ", " + edge.where()).isEqualTo("L1H0 pattern, query 7, key 2");
        assertThat(layer.head()).isEmpty();
        assertThat(edge.head()).contains(HEAD);
    }

    @Test
    void anEdgeIsCutAndLeftAgain() {
        Site edge = Site.head(HookPoint.PATTERN, HEAD).edge(7, 2);
        Document cut = start.toggled(HEAD, HookPoint.Z).toggledCut(edge);

        assertThat(cut.patches()).extracting(patch -> patch.patch(Source.CLEAN).source())
            .containsExactly(Source.CLEAN, Source.ZERO);
        assertThat(cut.toggledCut(edge)).isEqualTo(start.toggled(HEAD, HookPoint.Z));
        assertThat(start.toggled(edge).toggledCut(edge).patches()).as("what was put in elsewise is cut now")
            .containsExactly(StagedPatch.cut(edge));
    }

    @Test
    void aStagedPatchIsChangedWhereItStands() {
        Document two = start.toggled(HEAD, HookPoint.PATTERN).toggled(OTHER, HookPoint.Z);
        StagedPatch uniform = new StagedPatch(HEAD, HookPoint.PATTERN, true)
            .with(Optional.of(new Source.Attention(FixedAttention.UNIFORM)));

        assertThat(two.staged(uniform).patches()).containsExactly(uniform, two.patches().get(1));
        assertThat(two.changed(uniform, patch -> patch.atStrength(0.5).renormalizing(true)).patches().get(0))
            .isEqualTo(new StagedPatch(uniform.site(), Optional.empty(), 0.5, true, true));
        assertThat(start.staged(uniform).patches()).containsExactly(uniform);
    }

    @Test
    void aPatchKnowsWhatMakesItOfNoEffect() {
        StagedPatch z = new StagedPatch(HEAD, HookPoint.Z, true);
        StagedPatch cut = StagedPatch.cut(Site.head(HookPoint.PATTERN, HEAD).edge(7, 2));
        StagedPatch keys = new StagedPatch(Site.head(HookPoint.K, HEAD).at(Positions.only(2)), true);
        Document whole = start.staged(z);
        Document last = start.staged(new StagedPatch(z.site().at(new Positions(6, 7)), true));

        assertThat(whole.overwriting(cut)).contains(z);
        assertThat(whole.overwriting(keys)).contains(z);
        assertThat(last.overwriting(cut)).isPresent();
        assertThat(last.overwriting(keys)).as("other queries read the key too").isEmpty();
        assertThat(whole.overwriting(z)).as("itself").isEmpty();
        assertThat(whole.turned(z, false).overwriting(cut)).isEmpty();
        assertThat(whole.changed(z, patch -> patch.atStrength(0.5)).overwriting(cut)).isEmpty();
        assertThat(start.toggled(OTHER, HookPoint.Z).overwriting(cut)).isEmpty();
    }

    @Test
    void rangesOfPlacesAreSaidInWords() {
        Site pattern = Site.head(HookPoint.PATTERN, HEAD);

        assertThat(new StagedPatch(pattern.at(new Positions(5, 7)).to(new Positions(0, 2)), true).where())
            .isEqualTo("queries 5-7, keys 0-2");
        assertThat(new StagedPatch(pattern.at(new Positions(5, 7)), true).where()).isEqualTo("positions 5-7");
        assertThat(new StagedPatch(pattern.edge(7, 2), true).where()).isEqualTo("query 7, key 2");
    }

    @Test
    void aSubstitutionSaysWhatGoesWhere() {
        Substitution usual = start.substitution();

        assertThat(usual).hasToString("clean into corrupt");
        assertThat(usual.into(Substitution.Side.CLEAN)).hasToString("corrupt into clean");
        assertThat(usual.with(Source.ZERO)).hasToString("zero into corrupt");
        assertThat(usual.with(Source.ZERO).needsBoth()).isFalse();
        assertThat(start.withSubstitution(usual.with(Source.MEAN)).hasSamePrompts(start)).isTrue();
    }

    @Test
    void unlockingKeepsTheFocus() {
        Document locked = start.withFocus(HEAD, true);

        assertThat(locked.locked()).isTrue();
        assertThat(locked.unlocked()).isEqualTo(start.withFocus(HEAD, false));
    }

    @Test
    void onlyTextsAndBosAskForOtherRuns() {
        assertThat(start.hasSamePrompts(start.withFocus(HEAD, true).withPins(List.of(3)).toggled(HEAD, HookPoint.Q)
            .withPart(HookPoint.K))).isTrue();
        assertThat(start.hasSamePrompts(start.withClean("x"))).isFalse();
        assertThat(start.hasSamePrompts(start.withCorrupt("x"))).isFalse();
        assertThat(start.hasSamePrompts(start.withBos(false))).isFalse();
        assertThat(start.hasSamePrompts(start.swapped().swapped())).isTrue();
    }

    @Test
    void pathsKeepTheHeadThatWasLookedAtWhenTheyWereAskedFor() {
        Document asked = start.withFocus(HEAD, false).withSwept(INTO);
        assertThat(asked.withFocus(OTHER, false).sweeping().end()).contains(HEAD);
        assertThat(asked.withFocus(OTHER, false).withSwept(FROM).sweeping().end()).contains(HEAD);
        assertThat(asked.withSwept(Swept.Z_BY_HEAD).sweeping().end()).isEmpty();
        assertThat(start.withSwept(INTO).withFocus(OTHER, false).sweeping().end()).contains(OTHER);
    }

    @Test
    void anotherModelKeepsPromptsAndSettings() {
        Document used = start.swapped().withBos(false).withPart(HookPoint.V).withFocus(HEAD, true)
            .toggled(HEAD, HookPoint.V).withPins(List.of(50_000))
            .withViewing(Viewing.FIRST.withScale(ScaleChoice.LOG).withHeadSet(List.of(HEAD, OTHER)))
            .withSwept(INTO).withSweeping(Sweeping.FIRST.withMetric(MetricChoice.PROB, List.of(50_000)).withFit(true));

        assertThat(used.forAnotherModel()).isEqualTo(start.swapped().withBos(false).withPart(HookPoint.V)
            .withViewing(Viewing.FIRST.withScale(ScaleChoice.LOG))
            .withSweeping(Sweeping.FIRST.withMetric(MetricChoice.PROB, List.of()).withFit(true)));
    }
}
