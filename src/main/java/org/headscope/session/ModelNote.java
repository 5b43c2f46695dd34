package org.headscope.session;

import java.nio.file.FileSystems;
import java.util.Optional;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;

/**
 * Which model a session was made with, as far as it is needed to find and to know it again.
 *
 * @param name how it is called towards a person
 * @param folder where it lay; empty for the bundled model
 */
public record ModelNote(String name, Optional<String> folder, Processing processing, Size size) {

    /** The sizes of a model, which tell most models apart. */
    public record Size(int layers, int heads, int width, int positions, int vocabulary) {

        static Size of(Gpt2Config config) {
            return new Size(config.layers(), config.heads(), config.width(), config.positions(),
                config.vocabulary());
        }

        @Override
        public String toString() {
            return "%d layers × %d heads, width %d, %,d tokens".formatted(layers, heads, width, vocabulary);
        }
    }

    public static ModelNote of(OpenModel model) {
        return of(model.folder(), model.gpt2().processing());
    }

    static ModelNote of(ModelFolder model, Processing processing) {
        boolean bundled = model.name().equals(ModelFolder.DEMO)
            || model.path().getFileSystem() != FileSystems.getDefault();
        return new ModelNote(model.name(), bundled ? Optional.empty()
            : Optional.of(model.path().toAbsolutePath().toString()), processing, Size.of(model.config()));
    }

    /** What {@link OpenModel#open} finds it by. */
    public String openable() {
        return folder.orElse(ModelFolder.DEMO);
    }

    /** Whether heads and tokens mean the same in both. */
    public boolean isLike(ModelFolder model) {
        return size.equals(Size.of(model.config()));
    }

    /** Whether it is this very model, in the same form. */
    public boolean is(OpenModel model) {
        return equals(of(model));
    }
}
