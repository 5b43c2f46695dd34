package org.headscope.window.control;

import javafx.scene.Node;

/** Something over the window that Esc closes before it lets go of anything in the window. */
public interface Overlay {

    boolean isOpen();

    void close();

    /** One that may not be made yet. */
    static <P extends Node & Overlay> Overlay in(LatePart<P> place) {
        return new Overlay() {
            @Override
            public boolean isOpen() {
                return place.made().filter(Overlay::isOpen).isPresent();
            }

            @Override
            public void close() {
                place.get().close();
            }
        };
    }
}
