package org.headscope;

import org.headscope.command.Commands;
import org.headscope.window.HeadscopeApp;

/** Opens the window or hands over to a command; nothing else. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        if (args.length > 0) {
            System.exit(Commands.run(args));
        }
        // Only here, so that a command works where JavaFX cannot.
        if (!HeadscopeApp.open()) {
            System.exit(Commands.runWithoutDisplay());
        }
    }
}
