package org.headscope.window.control;

import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The outlined icons of the window, by what they mean here. */
public enum Icons {
    ADD(Material2OutlinedAL.ADD),
    ADJUST(Material2OutlinedMZ.TUNE),
    CANCEL(Material2OutlinedAL.CLOSE),
    CLOSED(Material2OutlinedAL.CHEVRON_RIGHT),
    COPY(Material2OutlinedAL.CONTENT_COPY),
    EXAMPLES(Material2OutlinedMZ.MENU_BOOK),
    EXPORT(Material2OutlinedMZ.SAVE_ALT),
    HISTORY(Material2OutlinedAL.HISTORY),
    LOCKED(Material2OutlinedAL.LOCK),
    UNLOCKED(Material2OutlinedAL.LOCK_OPEN),
    OPEN(Material2OutlinedAL.EXPAND_MORE),
    NEXT(Material2OutlinedAL.CHEVRON_RIGHT),
    PREVIOUS(Material2OutlinedAL.CHEVRON_LEFT),
    PROBLEM(Material2OutlinedAL.ERROR_OUTLINE),
    REMOVE(Material2OutlinedAL.CLOSE),
    RUN(Material2OutlinedMZ.PLAY_ARROW),
    SWAP(Material2OutlinedAL.IMPORT_EXPORT);

    private static final int SIZE = 16;

    private final Ikon ikon;

    Icons(Ikon ikon) {
        this.ikon = ikon;
    }

    /** Reads the icons' typeface; may be done ahead, on the launcher's thread. */
    public static void load() {
        RUN.node();
    }

    /** A new node, coloured by the stylesheet. */
    public Node node() {
        FontIcon icon = new FontIcon(ikon);
        icon.setIconSize(SIZE);
        return icon;
    }
}
