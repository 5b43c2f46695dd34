package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The tensors of a model whose weights are kept in several safetensors files. */
final class ShardedTensors implements Tensors {

    private final Path index;
    private final Map<String, Safetensors> shards = new HashMap<>();
    private final Map<String, Safetensors> homes = new HashMap<>();

    /** @throws ModelRefusal if a file is missing or damaged, or the index does not tell where the tensors are */
    ShardedTensors(ShardIndex index) {
        this.index = index.path();
        try {
            index.names().forEach(name -> shards.put(name, Safetensors.open(index.path().resolveSibling(name))));
            index.files().forEach(this::find);
            shards.forEach((name, shard) -> checkNoOther(index, name, shard));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void find(String tensor, String file) {
        Safetensors shard = shards.get(file);
        if (!shard.has(tensor)) {
            throw new ModelRefusal("%s says that “%s” is in %s, where it is not; fetch the model again."
                .formatted(index, tensor, file));
        }
        homes.put(tensor, shard);
    }

    private static void checkNoOther(ShardIndex index, String name, Safetensors shard) {
        for (String tensor : shard.names()) {
            String home = index.files().getOrDefault(tensor, name);
            if (!home.equals(name)) {
                throw new ModelRefusal("“%s” is in %s as well as in %s, where %s says it is; fetch the model again."
                    .formatted(tensor, name, home, index.path()));
            }
        }
    }

    @Override
    public boolean has(String name) {
        return homes.containsKey(name);
    }

    @Override
    public int[] shape(String name) {
        return home(name).shape(name);
    }

    @Override
    public void read(String name, long from, int count, ByteBuffer into) {
        home(name).read(name, from, count, into);
    }

    private Safetensors home(String name) {
        Safetensors home = homes.get(name);
        if (home == null) {
            throw new ModelRefusal("%s has no tensor “%s”; choose a complete GPT-2 folder.".formatted(index, name));
        }
        return home;
    }

    @Override
    public void close() {
        shards.values().forEach(Safetensors::close);
    }
}
