package org.headscope.weights;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model on disk in Hugging Face's layout, with its sizes read and its files seen to be there.
 *
 * @param path may lie inside a zip file system, as the bundled model does in the packaged application
 * @param name how the model is called towards a person
 */
public record ModelFolder(Path path, String name, Gpt2Config config) {

    /** The name of the bundled model on the command line. */
    public static final String DEMO = "demo";

    private static final String DEMO_RESOURCE = "/org/headscope/demo-model/config.json";

    /**
     * Opens a folder.
     *
     * @throws ModelRefusal if a file is missing or the configuration rules the model out
     */
    public static ModelFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelRefusal(("%s is no folder; choose a folder in Hugging Face's layout, or “%s” for the "
                + "bundled model.").formatted(folder, DEMO));
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return open(folder, name == null ? folder.toString() : name.toString());
    }

    /** The same folder under another name, such as the one that the hub knows it by. */
    public ModelFolder named(String other) {
        return new ModelFolder(path, other, config);
    }

    /** The model that the application carries. It needs no network and no set-up. */
    public static ModelFolder demo() {
        return open(demoPath(), DEMO);
    }

    private static ModelFolder open(Path folder, String name) {
        Gpt2Config config = Gpt2Config.read(folder);
        ModelFolder model = new ModelFolder(folder, name, config);
        for (Path file : model.weightFiles()) {
            if (!Files.isRegularFile(file)) {
                throw new ModelRefusal(model.isSharded() ? "%s names %s, which is not there; fetch the model again."
                    .formatted(folder.resolve(ShardIndex.NAME), file.getFileName()) : missingWeights(folder));
            }
        }
        return model;
    }

    private static String missingWeights(Path folder) {
        if (Files.exists(folder.resolve("pytorch_model.bin"))) {
            return ("%s has only pytorch_model.bin, which Headscope never opens because a pickle can run code; save "
                + "the model with save_pretrained(…, safe_serialization=True).").formatted(folder);
        }
        return "%s has no model.safetensors; choose a complete folder or fetch the model again.".formatted(folder);
    }

    /**
     * Opens the files with the weights and checks that they hold this model's tensors, none of which is read yet.
     *
     * @throws ModelRefusal if a file is damaged, or a tensor missing or of the wrong shape
     */
    public Gpt2File openWeights() {
        List<FileState> before = states();
        Tensors tensors = openTensors();
        try {
            return new Gpt2File(tensors, config, () -> {
                if (!states().equals(before)) {
                    throw new ModelRefusal("The weights in %s were changed while they were read; open the model again."
                        .formatted(path));
                }
            });
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    /** What changes when a file is written to. */
    private record FileState(long size, FileTime modified) {
    }

    private List<FileState> states() {
        return weightFiles().stream().map(file -> {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileState(attributes.size(), attributes.lastModifiedTime());
            } catch (IOException e) {
                throw new ModelRefusal("%s cannot be read (%s); check that it exists and is readable."
                    .formatted(file, e.getClass().getSimpleName()), e);
            }
        }).toList();
    }

    private boolean isSharded() {
        return !Files.isRegularFile(singleFile()) && Files.isRegularFile(path.resolve(ShardIndex.NAME));
    }

    private Path singleFile() {
        return path.resolve("model.safetensors");
    }

    /** {@code model.safetensors}, or the index and the files that it names. */
    List<Path> weightFiles() {
        if (!isSharded()) {
            return List.of(singleFile());
        }
        ShardIndex index = ShardIndex.read(path.resolve(ShardIndex.NAME));
        return Stream.concat(Stream.of(index.path()), index.paths().stream()).toList();
    }

    private Tensors openTensors() {
        return isSharded() ? new ShardedTensors(ShardIndex.read(path.resolve(ShardIndex.NAME)))
            : Safetensors.open(singleFile());
    }

    private static Path demoPath() {
        URL resource = ModelFolder.class.getResource(DEMO_RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("The bundled model is missing from this build.");
        }
        try {
            return pathOf(resource.toURI()).getParent();
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("The bundled model cannot be opened.", e);
        }
    }

    private static Path pathOf(URI uri) throws IOException {
        if (uri.getScheme().equals("jar")) {
            try {
                // Stays open as long as the application: the weights and the tokenizer are read from it.
                FileSystems.newFileSystem(uri, Map.of());
            } catch (FileSystemAlreadyExistsException alreadyOpen) {
                // Opened before: the path below finds it.
            }
        }
        return Path.of(uri);
    }
}
