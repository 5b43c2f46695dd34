package org.headscope.window;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;

/** Writes down what is seen of a window. */
final class Camera {

    private static final Path FOLDER = Path.of("docs", "screenshots");
    private static final Color VEIL = new Color(0, 0, 0, 90);
    private static final Color FRAME = new Color(0, 0, 0, 160);

    private Camera() {
    }

    static void take(TestWindow window, String name) {
        write(name, picture(window, window.stage()));
    }

    /** With the window that lies over the main one. */
    static void takeWithDialog(TestWindow window, String name) {
        BufferedImage picture = picture(window, window.stage());
        BufferedImage dialog = picture(window, window.fx(() -> Window.getWindows().stream()
            .filter(shown -> shown instanceof Stage && shown != window.stage()).map(Stage.class::cast).findFirst()
            .orElseThrow()));
        int x = (picture.getWidth() - dialog.getWidth()) / 2;
        int y = (picture.getHeight() - dialog.getHeight()) / 2;
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(VEIL);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(FRAME);
        graphics.drawRect(x - 1, y - 1, dialog.getWidth() + 1, dialog.getHeight() + 1);
        graphics.drawImage(dialog, x, y, null);
        graphics.dispose();
        write(name, picture);
    }

    private static BufferedImage picture(TestWindow window, Stage stage) {
        return window.fx(() -> {
            BufferedImage picture = SwingFXUtils.fromFXImage(stage.getScene().snapshot(null), null);
            BufferedImage opaque = new BufferedImage(picture.getWidth(), picture.getHeight(),
                BufferedImage.TYPE_INT_RGB);
            opaque.createGraphics().drawImage(picture, 0, 0, null);
            return opaque;
        });
    }

    private static void write(String name, BufferedImage picture) {
        try {
            Files.createDirectories(FOLDER);
            ImageIO.write(picture, "png", FOLDER.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
