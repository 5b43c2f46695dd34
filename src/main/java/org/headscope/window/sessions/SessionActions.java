package org.headscope.window.sessions;

import java.util.List;
import javafx.stage.Window;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;

/** What can be done with sessions as a whole. */
public final class SessionActions {

    private SessionActions() {
    }

    /** @param window what they are done in */
    public static List<Action> of(SessionsViewModel model, Window window) {
        return List.of(
            Action.of("new-session", Section.FILE_SESSION, "New session", model::startFresh).keys("Shortcut+N"),
            Action.of("open-session", Section.FILE_SESSION, "Open a session…", model::chooseAndOpen).keys("Shortcut+O"),
            Action.of("open-recent", Section.FILE_SESSION, "Open a recent session…",
                () -> RecentMenu.show(model, window)),
            Action.of("save-session", Section.FILE_SESSION, "Save the session", model::save).keys("Shortcut+S"),
            Action.of("save-session-as", Section.FILE_SESSION, "Save the session as…", model::saveAs)
                .keys("Shortcut+Shift+S"));
    }
}
