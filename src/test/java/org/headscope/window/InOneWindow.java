package org.headscope.window;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that use one window, which is opened as a first start shows it and stays open from test to test. */
abstract class InOneWindow {

    static TestWindow window;

    @BeforeAll
    static void openWindow() {
        window = TestWindow.open();
    }

    @AfterAll
    static void closeWindow() {
        window.close();
    }
}
