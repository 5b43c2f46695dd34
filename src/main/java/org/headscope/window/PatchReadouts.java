package org.headscope.window;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.model.Logits;
import org.headscope.patching.Experiment;
import org.headscope.patching.Patch;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.window.work.Background;
import org.headscope.window.work.Lane;

/**
 * Runs the newest pair with the document's patches, and reads the watched tokens off all of its runs. Belongs to the FX
 * thread.
 */
final class PatchReadouts {

    private final Background background;
    private final Edits edits;
    private final PairRuns runs;
    private final Problem problem;
    private final ReadOnlyObjectWrapper<List<Readout>> readouts = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<Logits> patched = Optional.empty();

    PatchReadouts(Background background, Edits edits, PairRuns runs, Problem problem) {
        this.background = background;
        this.edits = edits;
        this.runs = runs;
        this.problem = problem;
    }

    ReadOnlyObjectProperty<List<Readout>> readoutsProperty() {
        return readouts.getReadOnlyProperty();
    }

    private Document document() {
        return edits.document();
    }

    /** The pinned tokens, or where there are none the first prediction of each run of the newest pair. */
    List<Integer> watched() {
        if (!document().pins().isEmpty() || runs.finished().isEmpty()) {
            return document().pins();
        }
        Finished last = runs.finished().get();
        return Stream.concat(Stream.of(last.cleanLogits()), last.corruptLogits().stream())
            .map(logits -> logits.top(1).get(0).id()).distinct().toList();
    }

    /** The pair that it was read off is gone. */
    void forget() {
        background.drop(Lane.PATCH);
        patched = Optional.empty();
        readouts.set(List.of());
    }

    /** There is another pair, to which what was patched does not belong. */
    void renew() {
        patched = Optional.empty();
        repatch();
    }

    /** Runs the pair with the patches that take part now. */
    void repatch() {
        Substitution substitution = document().substitution();
        List<Patch> patches = patches();
        if (patches.isEmpty() || !whyNot().isEmpty()) {
            background.drop(Lane.PATCH);
            accept(Optional.empty());
            return;
        }
        Finished last = runs.finished().orElseThrow();
        background.run(Lane.PATCH, "Patching", job -> Optional.of(experiment(last, substitution.into())
            .patched(patches, job.cancellation())), made -> {
                problem.solved();
                accept(made);
            }, this::fail);
    }

    /** What is put in comes from the other run; where there is none nothing is taken from it, and one is enough. */
    private static Experiment experiment(Finished last, Side into) {
        Side from = last.run(into.other()).isPresent() ? into.other() : into;
        return Experiment.of(last.model().gpt2(), last.prompt(from).orElseThrow(), last.run(from).orElseThrow(),
            last.prompt(into).orElseThrow(), last.run(into).orElseThrow());
    }

    /** What an earlier patch gave must not stand for this one. */
    private void fail(Throwable error) {
        accept(Optional.empty());
        problem.fail(error, "Patching was cancelled.");
    }

    private void accept(Optional<Logits> logits) {
        patched = logits;
        read();
    }

    /** Reads the watched tokens anew. */
    void read() {
        readouts.set(runs.finished().map(last -> watched().stream().map(id -> Readout.of(id,
            Optional.of(last.cleanLogits()), last.corruptLogits().orElse(last.cleanLogits()), patched)).toList())
            .orElse(List.of()));
    }

    /** Those that take part. */
    private List<Patch> patches() {
        return document().patches().stream().filter(StagedPatch::on)
            .map(staged -> staged.patch(document().substitution().source())).toList();
    }

    /** Why nothing can be patched now, in one sentence; empty where it can. */
    String whyNot() {
        Substitution substitution = document().substitution();
        List<Patch> patches = patches();
        if (patches.stream().anyMatch(patch -> patch.source() instanceof Source.ReferenceMean
            && patch.site().hook().point().hasKeys())) {
            return "A pattern has no mean over reference prompts, since its values belong to pairs of positions; "
                + "unstage it or put something else in.";
        }
        return patches.isEmpty() ? whyNot(substitution) : patches.stream()
            .map(patch -> whyNot(substitution.with(patch.source()))).filter(why -> !why.isEmpty()).findFirst()
            .orElse("");
    }

    /** The same of another substitution than the document's. */
    String whyNot(Substitution substitution) {
        if (runs.finished().isEmpty()) {
            return "Run a prompt first.";
        }
        Finished last = runs.finished().get();
        if (last.corruptRun().isEmpty() && (substitution.needsBoth() || substitution.into() == Side.CORRUPT)) {
            String unreadable = runs.corruptProperty().get().problem();
            return unreadable.isEmpty() ? whatToAdd(substitution) : "The corrupt prompt cannot be read: " + unreadable;
        }
        if (!substitution.needsBoth()) {
            return "";
        }
        try {
            Experiment.checkPair(last.pair().clean(), last.pair().corrupt().orElseThrow());
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private static String whatToAdd(Substitution substitution) {
        if (!substitution.needsBoth()) {
            return "Add a corrupt prompt to put %s into, or put it into the clean run.".formatted(substitution.what());
        }
        return substitution.into() == Side.CORRUPT ? "Add a corrupt prompt to patch the clean run into."
            : "Add a corrupt prompt to patch into the clean run.";
    }
}
