package org.headscope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;

/** A fixture's model in a folder of its own, to be changed. */
public record ModelCopy(Path folder) {

    public static ModelCopy of(Fixture fixture, Path folder) {
        try (Stream<Path> files = Files.list(fixture.modelPath())) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
            return new ModelCopy(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path weightsFile() {
        return folder.resolve("model.safetensors");
    }

    public Path configFile() {
        return folder.resolve("config.json");
    }

    public ModelFolder open() {
        return ModelFolder.open(folder);
    }

    /** Its tensors, in a map that may be changed and handed to {@link #write}. */
    public Map<String, Tensor> tensors() {
        try (Safetensors file = Safetensors.open(weightsFile())) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().forEach(name -> tensors.put(name, file.tensor(name)));
            return tensors;
        }
    }

    public void write(Map<String, Tensor> tensors) {
        Safetensors.write(weightsFile(), tensors);
    }

    /** Replaces a text in config.json that must be there. */
    public void configure(String before, String after) {
        try {
            String json = Files.readString(configFile());
            if (!json.contains(before)) {
                throw new IllegalArgumentException(before + " is not in " + json);
            }
            Files.writeString(configFile(), json.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a layer's MLP write more than single precision holds, though each of its weights is finite. */
    public ModelCopy overflowing(int layer) {
        Map<String, Tensor> tensors = tensors();
        tensors.replaceAll((name, tensor) -> name.endsWith("h.%d.mlp.c_fc.weight".formatted(layer))
            || name.endsWith("h.%d.mlp.c_proj.weight".formatted(layer)) ? times(tensor, 1e25f) : tensor);
        write(tensors);
        return this;
    }

    private static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(values, tensor.shape());
    }
}
