package org.headscope.window.sessions;

import java.util.List;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;

/** What can be done with sessions as a whole. */
public final class SessionActions {

    private SessionActions() {
    }

    public static List<Action> of(SessionsViewModel model) {
        return List.of(
            Action.of("new-session", Section.FILE_SESSION, "New session", model::startFresh).keys("Shortcut+N"),
            Action.of("open-session", Section.FILE_SESSION, "Open a session…", model::chooseAndOpen).keys("Shortcut+O"),
            Action.of("save-session", Section.FILE_SESSION, "Save the session", model::save).keys("Shortcut+S"),
            Action.of("save-session-as", Section.FILE_SESSION, "Save the session as…", model::saveAs)
                .keys("Shortcut+Shift+S"));
    }
}
