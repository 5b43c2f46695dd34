package org.headscope.window;

import org.junit.jupiter.api.BeforeEach;

/** Tests that use one window, which is brought back to what a first start shows before each of them. */
abstract class InRenewedWindow extends InOneWindow {

    @BeforeEach
    void renewWindow() {
        window.startAnew();
    }
}
