package org.headscope.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The document as it is, was, and was before an undo. Not thread-safe: it belongs to whoever edits the document.
 */
public final class History {

    private static final int LIMIT = 500;

    private final Deque<Document> past = new ArrayDeque<>();
    private final Deque<Document> future = new ArrayDeque<>();
    private Document present;
    private String lastKind = "";

    public History(Document start) {
        this.present = start;
    }

    public Document present() {
        return present;
    }

    /**
     * Makes a change that can be undone.
     *
     * @param kind changes of the same kind one after another, such as the letters of a word, are undone together;
     *     empty for a change that stands alone
     */
    public void change(Document next, String kind) {
        if (next.equals(present)) {
            return;
        }
        boolean goesOn = !kind.isEmpty() && kind.equals(lastKind);
        if (!goesOn) {
            past.push(present);
            if (past.size() > LIMIT) {
                past.removeLast();
            }
        }
        lastKind = kind;
        future.clear();
        present = next;
        if (goesOn && next.equals(past.peek())) {
            // Back where it began: there is nothing left to undo.
            past.pop();
            lastKind = "";
        }
    }

    /**
     * Changes the document as it is, was and will be again, such as to what a program chose by itself. Undo passes over
     * it, and over steps that it leaves without a difference.
     */
    public void revise(UnaryOperator<Document> change) {
        present = change.apply(present);
        revise(past, change);
        revise(future, change);
        lastKind = "";
    }

    private void revise(Deque<Document> steps, UnaryOperator<Document> change) {
        List<Document> kept = new ArrayList<>();
        Document nearer = present;
        for (Document step : steps) {
            Document revised = change.apply(step);
            if (!revised.equals(nearer)) {
                kept.add(revised);
            }
            nearer = revised;
        }
        steps.clear();
        steps.addAll(kept);
    }

    /** What comes is undone by itself, even if it is of the same kind as what was changed last. */
    public void endStep() {
        lastKind = "";
    }

    public boolean canUndo() {
        return !past.isEmpty();
    }

    public boolean canRedo() {
        return !future.isEmpty();
    }

    public void undo() {
        if (canUndo()) {
            future.push(present);
            present = past.pop();
            lastKind = "";
        }
    }

    public void redo() {
        if (canRedo()) {
            past.push(present);
            present = future.pop();
            lastKind = "";
        }
    }
}
