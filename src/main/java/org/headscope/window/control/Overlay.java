package org.headscope.window.control;

/** Something over the window that Esc closes before it lets go of anything in the window. */
public interface Overlay {

    boolean isOpen();

    void close();
}
