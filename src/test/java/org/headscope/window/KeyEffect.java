package org.headscope.window;

/** What a key does, once the window has been made ready for it. */
@FunctionalInterface
interface KeyEffect {

    /**
     * Makes the window ready, has the key pressed and looks at what has become of it.
     *
     * @param press presses the key
     */
    void of(Runnable press) throws Exception;
}
