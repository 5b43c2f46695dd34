package org.headscope.window.control;

import java.awt.image.BufferedImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Puts texts and pictures on the clipboard. */
public final class Copying {

    private Copying() {
    }

    public static void picture(BufferedImage picture) {
        ClipboardContent content = new ClipboardContent();
        content.putImage(Painter.image(picture));
        Clipboard.getSystemClipboard().setContent(content);
    }

    public static void text(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
