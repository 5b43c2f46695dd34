package org.headscope.session.code;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.refusal.Refusal;
import org.headscope.weights.ModelFolder;

/** The model that the packaged application carries inside its archive, where Python cannot read it. */
final class BundledModel {

    /** What the folder is called that it is laid into, beside the code that reads it. */
    static final String FOLDER = "headscope-demo-model";

    private BundledModel() {
    }

    static boolean isPacked(ModelFolder model) {
        return model.path().getFileSystem() != FileSystems.getDefault();
    }

    /**
     * Lays a packed model beside a file, unless it lies there already.
     *
     * @throws Refusal if that cannot be done
     */
    static void layBeside(Path file, ModelFolder model) {
        Path folder = file.toAbsolutePath().resolveSibling(FOLDER);
        if (!isPacked(model) || Files.isDirectory(folder)) {
            return;
        }
        Path part = folder.resolveSibling(FOLDER + ".part");
        try (Stream<Path> files = Files.list(model.path())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            Files.createDirectories(part);
            for (Path one : all) {
                Files.copy(one, part.resolve(one.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, folder);
        } catch (IOException e) {
            throw new Refusal("The bundled model could not be laid into %s; choose another place.".formatted(folder), e);
        }
    }
}
