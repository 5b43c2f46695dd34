package org.headscope.window;

import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.session.Document;
import org.headscope.session.History;

/** The document as everybody sees it, and what can be undone of it. Belongs to the FX thread. */
final class Edits {

    private final ReadOnlyObjectWrapper<Document> document;
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private History history;
    /** Whether the prompts as they stand were seen with their run. */
    private boolean ran;

    Edits(Document start) {
        this.history = new History(start);
        this.document = new ReadOnlyObjectWrapper<>(start);
    }

    ReadOnlyObjectProperty<Document> documentProperty() {
        return document.getReadOnlyProperty();
    }

    Document document() {
        return document.get();
    }

    ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canRedoProperty() {
        return canRedo.getReadOnlyProperty();
    }

    /** Makes a change that can be undone, together with those of its kind right before it. */
    void change(String kind, UnaryOperator<Document> change) {
        Document next = change.apply(document());
        if (ran && !TypedLetter.isAllThatDiffers(document(), next)) {
            history.endStep();
            ran = false;
        }
        history.change(next, kind);
        publish();
    }

    /** Undo comes back to the prompts as they stand, unless the next change only goes on with their word. */
    void haveRun() {
        ran = true;
    }

    /** Makes a change that undo passes over. */
    void revise(UnaryOperator<Document> change) {
        history.revise(change);
        publish();
    }

    /** Nothing of before can be undone. */
    void startAnew(Document start) {
        history = new History(start);
        publish();
    }

    void undo() {
        history.undo();
        publish();
    }

    void redo() {
        history.redo();
        publish();
    }

    private void publish() {
        canUndo.set(history.canUndo());
        canRedo.set(history.canRedo());
        document.set(history.present());
    }
}
