package org.headscope.window.models;

import java.util.Optional;
import java.util.OptionalLong;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.hub.FoundModel;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.StoredModel;

/**
 * One line of the list of models.
 *
 * @param here what there is of it on this machine
 * @param bytes on disk or to be fetched, where that is known
 * @param remark more about it; may be empty
 */
record ModelEntry(Group group, String name, Optional<StoredModel> here, Optional<Gpt2Config> config, OptionalLong bytes,
                  String remark) {

    /** What the list is divided into. */
    enum Group {
        HERE("On this machine"), BEGUN("Begun"), FAMILY("To be fetched"), FOUND("Found on the hub");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    static ModelEntry of(StoredModel model) {
        return new ModelEntry(model.isComplete() ? Group.HERE : Group.BEGUN, model.name(), Optional.of(model),
            model.config(), model.bytes() == 0 ? OptionalLong.empty() : OptionalLong.of(model.bytes()), "");
    }

    static ModelEntry begun(Fetch fetch) {
        return new ModelEntry(Group.BEGUN, fetch.name().toString(), Optional.empty(), Optional.empty(),
            OptionalLong.empty(), "");
    }

    static ModelEntry of(KnownModel model) {
        return new ModelEntry(Group.FAMILY, model.name(), Optional.empty(), Optional.of(model.config()),
            model.download(), "");
    }

    static ModelEntry of(FoundModel model) {
        return new ModelEntry(Group.FOUND, model.name(), Optional.empty(), Optional.empty(), OptionalLong.empty(),
            "%s, %,d downloads a month".formatted(model.parameters().isPresent()
                ? parameters(model.parameters().getAsLong()) : "no safetensors", model.downloads()));
    }

    /** What a person wrote out as a whole; it is looked for when it is to be fetched. */
    static ModelEntry named(String name) {
        return new ModelEntry(Group.FOUND, name, Optional.empty(), Optional.empty(), OptionalLong.empty(),
            "As you wrote it");
    }

    static String parameters(long count) {
        return count < 1_000_000 ? "%,d parameters".formatted(count)
            : "%,d million parameters".formatted(Math.round(count / 1e6));
    }

    /** Whether one can choose among its revisions. */
    boolean hasRevisions() {
        return group == Group.FAMILY || group == Group.FOUND;
    }

    /** Whether its revisions are the checkpoints of one training. */
    boolean hasCheckpoints() {
        return hasRevisions() && name.startsWith("stanford-crfm/");
    }

    /** Such as "12 × 12 heads, width 768"; what else is known of it where the sizes are not. */
    String shape() {
        return config.map(sizes -> "%d × %d heads, width %,d".formatted(sizes.layers(), sizes.heads(), sizes.width()))
            .orElse(remark);
    }

    /** What it takes in memory while it is open, where its sizes are known. */
    OptionalLong memory() {
        return config.map(sizes -> OptionalLong.of(KnownModel.memory(sizes))).orElse(OptionalLong.empty());
    }

    /** Such as "1.6 GB in memory"; empty where its sizes are not known. */
    String memoryText() {
        return memory().isPresent() ? KnownModel.readable(memory().getAsLong()) + " in memory" : "";
    }

    /** Such as "548 MB"; empty where it is not known. */
    String size() {
        return bytes.isPresent() ? KnownModel.readable(bytes.getAsLong())
            : group == Group.FAMILY ? config.map(sizes -> "about " + KnownModel.readable(4 * sizes.parameters())).orElse("")
            : "";
    }
}
