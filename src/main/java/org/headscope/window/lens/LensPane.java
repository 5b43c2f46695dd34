package org.headscope.window.lens;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Taken;

/** One of the views of the Lens tab. */
abstract class LensPane extends VBox {

    LensPane() {
        super(8);
        setMinHeight(0);
    }

    /** What is shown now, beside the view's name. */
    abstract ObservableValue<String> subtitle();

    /** What can be exported and copied; empty while there is nothing. */
    abstract Optional<Taken> taken();

    /** The control that takes the keys. */
    abstract Node keys();

    /** Lets go of what was chosen; false where nothing was. */
    boolean letGo() {
        return false;
    }
}
