package org.headscope.window;

import java.util.List;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;

/** What can be done to the document from everywhere. */
final class EditActions {

    private EditActions() {
    }

    static List<Action> of(Workbench workbench) {
        return List.of(
            Action.of("undo", Section.EDIT_HISTORY, "Undo", workbench::undo).keys("Shortcut+Z")
                .enabledWhile(workbench.canUndoProperty()),
            Action.of("redo", Section.EDIT_HISTORY, "Redo", workbench::redo).keys("Shortcut+Shift+Z")
                .enabledWhile(workbench.canRedoProperty()));
    }
}
