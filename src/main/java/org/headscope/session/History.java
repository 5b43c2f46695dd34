package org.headscope.session;

import java.util.ArrayDeque;
import java.util.Deque;

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
        if (kind.isEmpty() || !kind.equals(lastKind)) {
            past.push(present);
            if (past.size() > LIMIT) {
                past.removeLast();
            }
        }
        lastKind = kind;
        future.clear();
        present = next;
    }

    /** Makes a change that undo passes over, such as what a program chose by itself. */
    public void replace(Document next) {
        present = next;
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
