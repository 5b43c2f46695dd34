package org.headscope.window;

/** Opens the window. */
public final class HeadscopeApp {

    private HeadscopeApp() {
    }

    /**
     * Shows the window and returns when it is closed.
     *
     * @return false, at once, where no display can be opened
     */
    public static boolean open() {
        return false;
    }
}
