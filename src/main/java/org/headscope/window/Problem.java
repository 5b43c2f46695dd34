package org.headscope.window;

import java.util.concurrent.CancellationException;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps the last model or the last run from being there, in one sentence. Belongs to the FX thread. */
final class Problem {

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");

    /** Whether the sentence tells why a model was not opened. */
    private final ReadOnlyBooleanWrapper ofModel = new ReadOnlyBooleanWrapper();

    /** What work that went well must not wipe out; empty once a person does something else. */
    private String standing = "";

    Problem() {
        sentence.addListener((observed, before, now) -> ofModel.set(false));
    }

    /** Empty if all is well. */
    ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** Whether it tells why a model was not opened, so that another can be chosen. */
    ReadOnlyBooleanProperty ofModelProperty() {
        return ofModel.getReadOnlyProperty();
    }

    /** Says in one sentence why a model was not opened. */
    void failToOpen(Throwable error) {
        fail(error, "Loading was cancelled.");
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
        } else if (error instanceof OutOfMemoryError) {
            LOG.error("Out of memory", error);
            sentence.set("There is not enough memory for this prompt; shorten it.");
        } else {
            LOG.error("Background work failed", error);
            sentence.set("This failed for a reason that Headscope did not expect; the log says more.");
        }
    }
}
