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

    /** A line that is longer ends where the next one begins, in the middle of a sentence. */
    private static final int LONG_LINE = 104;
    /** What is indented more belongs to the line above. */
    private static final int COLUMN = 8;

    private About() {
    }

    /** @param engine such as "PyTorch 2.7.1, 2 threads"; empty until it is loaded */
    static void show(String engine) {
        String version = About.class.getPackage().getImplementationVersion();
        TextArea licences = new TextArea(withoutColumns(flowing(text("NOTICE"))) + "\n\n" + text("LICENSE"));
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

    /** Broken by the window and not by the file, whose lines are made for letters of one width. */
    static String flowing(String text) {
        StringBuilder flowing = new StringBuilder();
        String before = "";
        for (String line : text.lines().toList()) {
            int indent = line.length() - line.stripLeading().length();
            boolean isLong = before.length() > LONG_LINE;
            if (before.isEmpty() || line.isBlank() || indent < COLUMN && !(indent == 0 && isLong)) {
                flowing.append(flowing.isEmpty() ? "" : "\n").append(line);
            } else {
                boolean goesOn = isLong && !line.strip().startsWith("http");
                flowing.append(goesOn ? " " : ", ").append(line.strip());
            }
            before = line;
        }
        return flowing.toString();
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
