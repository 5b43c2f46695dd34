package org.headscope.window;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Parts;

/** Versions, where numbers come from, and the licences. */
final class About {

    private About() {
    }

    /** @param engine such as "PyTorch 2.7.1, 2 threads"; empty until it is loaded */
    static void show(String engine) {
        String version = About.class.getPackage().getImplementationVersion();
        TextArea licences = new TextArea(withoutColumns(text("NOTICE")) + "\n\n" + text("LICENSE"));
        licences.setId("licences");
        licences.setAccessibleText("Licences");
        licences.setEditable(false);
        licences.setPrefSize(720, 280);
        licences.setWrapText(true);
        Sheet.show("About Headscope", new VBox(8,
            Parts.label("Headscope " + (version == null ? "(development)" : version), "title"),
            line("See what the attention heads of GPT-2 do."),
            line("Numbers follow TransformerLens 2.15 to 3.5, HookedTransformer."),
            line("The bundled model is a small GPT-2 trained for Headscope, not OpenAI's."),
            line("Java %s, JavaFX %s%s".formatted(System.getProperty("java.version"),
                System.getProperty("javafx.runtime.version"), engine.isEmpty() ? "" : ", " + engine)),
            Parts.label("Licences", "section-title"), licences));
    }

    private static Region line(String text) {
        return Parts.label(text, "muted");
    }

    /** They are made for letters of one width. */
    private static String withoutColumns(String text) {
        return text.replaceAll("(?<=\\S) {2,}", ", ");
    }

    private static String text(String name) {
        try (InputStream file = About.class.getResourceAsStream("/META-INF/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
