package org.headscope.window;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.model.OutOfMemory;
import org.headscope.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps the last model or the last run from being there, in one sentence. Belongs to the FX thread. */
final class Problem {

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");

    /** Whether the sentence tells why a model was not opened. */
    private final ReadOnlyBooleanWrapper ofModel = new ReadOnlyBooleanWrapper();

    /** Does with less memory; empty where it did not run out, or nothing can do with less. */
    private final ReadOnlyObjectWrapper<Optional<Runnable>> keepLess = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Function<Throwable, Shortage> shortage = error -> new Shortage("", Optional.empty());

    /** What work that went well must not wipe out; empty once a person does something else. */
    private String standing = "";

    /**
     * What becomes of memory that ran out.
     *
     * @param sentence what is still there, and the ways out
     * @param keepLess runs the prompts again with less; empty where they keep as little as they can
     */
    record Shortage(String sentence, Optional<Runnable> keepLess) {
    }

    Problem() {
        sentence.addListener((observed, before, now) -> {
            ofModel.set(false);
            keepLess.set(Optional.empty());
        });
    }

    /** @param how tells what is there after memory ran out with such an error */
    void explainShortages(Function<Throwable, Shortage> how) {
        shortage = how;
    }

    /** Empty if all is well. */
    ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** Whether it tells why a model was not opened, so that another can be chosen. */
    ReadOnlyBooleanProperty ofModelProperty() {
        return ofModel.getReadOnlyProperty();
    }

    /** A smaller way to do what there was no memory for; empty unless memory ran out. */
    ReadOnlyObjectProperty<Optional<Runnable>> keepLessProperty() {
        return keepLess.getReadOnlyProperty();
    }

    /**
     * Says in one sentence why a model was not opened.
     *
     * @param isOneOpen whether the one before is
     */
    void failToOpen(Throwable error, boolean isOneOpen) {
        if (OutOfMemory.is(error)) {
            LOG.error("Out of memory", error);
            sentence.set("Memory ran out while the model was loaded%s; choose a smaller one, or close other programs."
                .formatted(isOneOpen ? ", so the one before is open" : ""));
        } else {
            fail(error, "Loading was cancelled.");
        }
        ofModel.set(!(error instanceof CancellationException));
    }

    /** Says one sentence to the person; empty takes the last one back. */
    void report(String said) {
        sentence.set(said);
    }

    /** Work that goes well leaves what is said now, until a person does something else. */
    void letStand() {
        standing = sentence.get();
    }

    /** A person does something else. */
    void letGo() {
        standing = "";
    }

    /** Some work went well. */
    void solved() {
        sentence.set(standing);
    }

    /** Says in one sentence why background work came to nothing. */
    void fail(Throwable error) {
        fail(error, "This was cancelled.");
    }

    /** @param cancelled what to say of work that a person stopped */
    void fail(Throwable error, String cancelled) {
        if (error instanceof Refusal refusal) {
            sentence.set(refusal.getMessage());
        } else if (error instanceof CancellationException) {
            sentence.set(cancelled);
        } else if (OutOfMemory.is(error)) {
            LOG.error("Out of memory", error);
            Shortage left = shortage.apply(error);
            sentence.set("Memory ran out. " + left.sentence());
            keepLess.set(left.keepLess());
        } else {
            LOG.error("Background work failed", error);
            sentence.set("This failed for a reason that Headscope did not expect; the log says more.");
        }
    }
}
