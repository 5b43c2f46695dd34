package org.headscope.window.control;

import java.util.function.Supplier;
import javafx.event.EventHandler;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/**
 * What is said of controls under the pointer. The toolkit makes a window with a scene of its own for every tooltip, which
 * took a fifth of the time until Headscope's window stood; these are made when the pointer first comes.
 */
public final class Tips {

    private Tips() {
    }

    /** Says so under the pointer and to screen readers, instead of what was said before. */
    public static <T extends Control> T on(T place, String text) {
        place.setAccessibleHelp(text);
        if (place.getTooltip() != null) {
            place.getTooltip().setText(text);
            return place;
        }
        return on(place, () -> new Tooltip(text));
    }

    /** Says under the pointer what is made then. */
    static <T extends Control> T on(T place, Supplier<Tooltip> card) {
        if (place.getTooltip() != null) {
            place.setTooltip(card.get());
            return place;
        }
        if (place.getProperties().get(Coming.class) instanceof Coming before) {
            place.removeEventHandler(MouseEvent.MOUSE_ENTERED, before);
        }
        Coming coming = new Coming(place, card);
        place.getProperties().put(Coming.class, coming);
        place.addEventHandler(MouseEvent.MOUSE_ENTERED, coming);
        return place;
    }

    /** A control's tooltip, made now if it is yet to come; null where it has none. */
    public static Tooltip of(Control place) {
        if (place.getProperties().get(Coming.class) instanceof Coming coming) {
            coming.make();
        }
        return place.getTooltip();
    }

    /** Waits for the pointer. */
    private record Coming(Control place, Supplier<Tooltip> card) implements EventHandler<MouseEvent> {

        @Override
        public void handle(MouseEvent event) {
            make();
        }

        void make() {
            place.removeEventHandler(MouseEvent.MOUSE_ENTERED, this);
            place.getProperties().remove(Coming.class);
            place.setTooltip(card.get());
        }
    }
}
