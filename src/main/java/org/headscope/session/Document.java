package org.headscope.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Site;
import org.headscope.patching.Source;

/**
 * What a person is working on: everything that undo brings back. Immutable; the {@code with…} methods give changed
 * copies.
 *
 * @param clean the clean prompt's text
 * @param corrupt the corrupt prompt's text; empty where there is none
 * @param bos whether {@code <|endoftext|>} is put before both
 * @param focus the head that is looked at; empty until a model has been run
 * @param locked whether the focus stays when the pointer passes over other heads
 * @param part what is patched next
 * @param substitution what patches and sweeps put in, and into which run
 * @param patches in the order in which they were staged
 * @param pins tokens whose logits are watched; empty to watch the first prediction of each run
 * @param viewing how attention is looked at
 * @param sweeping what a sweep replaces and measures
 * @param path the path from one head to another that is looked at, if any
 */
public record Document(String clean, String corrupt, boolean bos, Optional<Head> focus, boolean locked,
                       HookPoint part, Substitution substitution, List<StagedPatch> patches, List<Integer> pins,
                       Viewing viewing, Sweeping sweeping, Optional<HeadPath> path) {

    /** The parts of a head that can be patched, in the order in which they are offered. */
    public static final List<HookPoint> PARTS =
        List.of(HookPoint.Z, HookPoint.PATTERN, HookPoint.Q, HookPoint.K, HookPoint.V);

    public Document {
        patches = List.copyOf(patches);
        pins = List.copyOf(pins);
    }

    /** The founding notebook's pair, which a first start opens with. */
    public static Document notebook() {
        return new Document("Tom went to the store. Tom", "Tom went to the store. Sarah", true, Optional.empty(),
            false, HookPoint.Z, Substitution.CLEAN_INTO_CORRUPT, List.of(), List.of(), Viewing.FIRST, Sweeping.FIRST,
            Optional.empty());
    }

    public Document withClean(String text) {
        return new Document(text, corrupt, bos, focus, locked, part, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document withCorrupt(String text) {
        return new Document(clean, text, bos, focus, locked, part, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document withBos(boolean on) {
        return new Document(clean, corrupt, on, focus, locked, part, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document swapped() {
        return new Document(corrupt, clean, bos, focus, locked, part, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document withFocus(Head head, boolean nowLocked) {
        return new Document(clean, corrupt, bos, Optional.of(head), nowLocked, part, substitution, patches, pins,
            viewing, sweeping.withFocus(Optional.of(head)), path);
    }

    public Document unlocked() {
        return new Document(clean, corrupt, bos, focus, false, part, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document withPart(HookPoint point) {
        return new Document(clean, corrupt, bos, focus, locked, point, substitution, patches, pins,
            viewing, sweeping, path);
    }

    public Document withSubstitution(Substitution another) {
        return new Document(clean, corrupt, bos, focus, locked, part, another, patches, pins,
            viewing, sweeping, path);
    }

    public Document withPins(List<Integer> ids) {
        return new Document(clean, corrupt, bos, focus, locked, part, substitution, patches, ids,
            viewing, sweeping, path);
    }

    public Document withViewing(Viewing now) {
        return new Document(clean, corrupt, bos, focus, locked, part, substitution, patches, pins,
            now, sweeping, path);
    }

    public Document withSweeping(Sweeping now) {
        return new Document(clean, corrupt, bos, focus, locked, part, substitution, patches, pins,
            viewing, now, path);
    }

    /** Sweeps something else; paths from or into the head that is looked at. */
    public Document withSwept(Swept now) {
        return withSweeping(sweeping.withSwept(now, focus));
    }

    /** Looks at a path from one head to another; empty for none. */
    public Document withPath(Optional<HeadPath> now) {
        return new Document(clean, corrupt, bos, focus, locked, part, substitution, patches, pins,
            viewing, sweeping, now);
    }

    private Document withPatches(List<StagedPatch> staged) {
        return new Document(clean, corrupt, bos, focus, locked, part, substitution, staged, pins,
            viewing, sweeping, path);
    }

    /** Adds a patch of a head at all positions at the end, or takes it away where it is staged already. */
    public Document toggled(Head head, HookPoint point) {
        return toggled(Site.head(point, head));
    }

    /** Adds a patch at the end, or takes it away where it is staged already. */
    public Document toggled(Site site) {
        StagedPatch patch = new StagedPatch(site, true);
        List<StagedPatch> staged = new ArrayList<>(patches);
        if (!staged.removeIf(patch::isSamePlace)) {
            staged.add(patch);
        }
        return withPatches(staged);
    }

    /** Adds a patch at the end, or changes the one that is staged at its place. */
    public Document staged(StagedPatch patch) {
        if (!isStaged(patch.site())) {
            return withPatches(Stream.concat(patches.stream(), Stream.of(patch)).toList());
        }
        return withPatches(patches.stream().map(staged -> staged.isSamePlace(patch) ? patch : staged).toList());
    }

    /** Sets attention to 0, or leaves it again where that is staged already. */
    public Document toggledCut(Site edges) {
        StagedPatch cut = StagedPatch.cut(edges);
        boolean isCut = patches.stream().anyMatch(staged -> staged.isSamePlace(cut)
            && staged.source().equals(cut.source()));
        return isCut ? without(cut) : staged(cut);
    }

    /** Whether the focused head's whole pattern is staged to follow a rule. */
    public boolean attendsBy(FixedAttention rule) {
        return focus.filter(head -> patches.stream().anyMatch(staged ->
            staged.site().equals(Site.head(HookPoint.PATTERN, head))
                && staged.source().filter(new Source.Attention(rule)::equals).isPresent())).isPresent();
    }

    /** The patch that makes another one of no effect, if there is one: all that the head reads there is replaced. */
    public Optional<StagedPatch> overwriting(StagedPatch patch) {
        return patches.stream().filter(patch::isOverwrittenBy).findFirst();
    }

    public Document without(StagedPatch patch) {
        return withPatches(patches.stream().filter(staged -> !staged.isSamePlace(patch)).toList());
    }

    public Document turned(StagedPatch patch, boolean on) {
        return changed(patch, staged -> staged.turned(on));
    }

    /** Changes what is staged at a patch's place. */
    public Document changed(StagedPatch patch, UnaryOperator<StagedPatch> change) {
        return withPatches(patches.stream()
            .map(staged -> staged.isSamePlace(patch) ? change.apply(staged) : staged).toList());
    }

    public Document withoutPatches() {
        return withPatches(List.of());
    }

    public boolean isStaged(Head head, HookPoint point) {
        return isStaged(Site.head(point, head));
    }

    public boolean isStaged(Site site) {
        return patches.stream().anyMatch(new StagedPatch(site, true)::isSamePlace);
    }

    /** What another model has: prompts and settings stay, what names its heads or tokens goes. */
    public Document forAnotherModel() {
        // The means are another model's.
        Substitution kept = substitution.source() instanceof Source.ReferenceMean
            ? substitution.with(Source.CLEAN) : substitution;
        return new Document(clean, corrupt, bos, Optional.empty(), false, part, kept, List.of(), List.of(),
            viewing.withHeadSet(List.of()),
            sweeping.withEnd(Optional.empty()).withMetric(sweeping.metric(), List.of()), Optional.empty());
    }

    /** Whether the same runs serve both. */
    public boolean hasSamePrompts(Document other) {
        return clean.equals(other.clean) && corrupt.equals(other.corrupt) && bos == other.bos;
    }
}
