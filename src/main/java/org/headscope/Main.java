package org.headscope;

import org.headscope.window.HeadscopeApp;

/** Opens the window. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        HeadscopeApp.open();
    }
}
