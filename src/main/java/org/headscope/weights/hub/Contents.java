package org.headscope.weights.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ShardIndex;

/**
 * Which files of a repository make up a model: its configuration, its weights as safetensors and its tokenizer. Pickles
 * are never among them, since opening one can run code.
 */
final class Contents {

    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String CARD = "README.md";

    private static final String TOKENIZER = "tokenizer.json";
    private static final List<String> TOKENIZER_PARTS = List.of("vocab.json", "merges.txt");
    private static final List<String> OPTIONAL = List.of("tokenizer_config.json", "special_tokens_map.json",
        "generation_config.json");

    private final HubFiles hub;
    private final ModelName model;
    private final RemoteFile configFile;
    private final Gpt2Config config;

    /**
     * Looks at the configuration first, and then at the commit that it was of, whatever the branch does meanwhile.
     *
     * @throws org.headscope.refusal.Refusal if there is no such model, or it is no GPT-2 that Headscope computes
     *     rightly
     */
    Contents(HubFiles hub, ModelName model) {
        this.model = model;
        this.configFile = hub.find(CONFIG)
            .orElseThrow(() -> lacks("no config.json, so it is no model of transformers"));
        this.config = Gpt2Config.of(model + "'s config.json", hub.text(configFile));
        this.hub = hub.at(configFile.commit());
    }

    Gpt2Config config() {
        return config;
    }

    String commit() {
        return configFile.commit();
    }

    /** The card that comes with the model, for people; empty if there is none. */
    String card() {
        return hub.find(CARD).map(hub::text).orElse("");
    }

    /**
     * The files in the order in which they are to be fetched: what may rule the model out comes first.
     *
     * @throws HubRefusal if the repository lacks one that no model can do without
     */
    List<RemoteFile> find() {
        List<RemoteFile> files = new ArrayList<>();
        files.add(configFile);
        files.addAll(tokenizer());
        OPTIONAL.forEach(name -> hub.find(name).ifPresent(files::add));
        files.addAll(weights());
        return files;
    }

    private List<RemoteFile> tokenizer() {
        Optional<RemoteFile> whole = hub.find(TOKENIZER);
        List<RemoteFile> parts = whole.map(List::of).orElseGet(
            () -> TOKENIZER_PARTS.stream().flatMap(name -> hub.find(name).stream()).toList());
        if (whole.isEmpty() && parts.size() < TOKENIZER_PARTS.size()) {
            throw lacks("no tokenizer.json, nor vocab.json with merges.txt");
        }
        return parts;
    }

    private List<RemoteFile> weights() {
        Optional<RemoteFile> single = hub.find(WEIGHTS);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        RemoteFile index = hub.find(ShardIndex.NAME).orElseThrow(this::noSafetensors);
        List<RemoteFile> files = new ArrayList<>(List.of(index));
        for (String name : ShardIndex.of(Path.of(index.name()), hub.text(index)).names()) {
            files.add(hub.find(name).orElseThrow(() -> lacks("no %s, which its %s names".formatted(name,
                ShardIndex.NAME))));
        }
        return files;
    }

    private HubRefusal noSafetensors() {
        return hub.find("pytorch_model.bin").isEmpty() ? lacks("no model.safetensors")
            : new HubRefusal(("%s has only pytorch_model.bin, which Headscope never opens because a pickle can run code; "
                + "try a revision with safetensors (%s@refs/pr/1 if somebody has proposed one), or load it in Python and "
                + "save it with save_pretrained(…, safe_serialization=True).").formatted(model, model.repository()));
    }

    private HubRefusal lacks(String what) {
        return new HubRefusal("%s has %s; choose another model or revision.".formatted(model, what));
    }
}
