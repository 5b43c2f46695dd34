package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.Logits;
import org.headscope.model.Site;
import org.headscope.patching.Experiment;
import org.headscope.patching.Patch;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** TransformerLens's {@code run_with_hooks} with values from a clean run, or an ablation. */
@Command(name = "patch", description = "Runs the corrupt prompt with parts of it replaced, all together, and reads "
    + "tokens out at the last position.")
final class PatchCommand extends AnswerCommand {

    @Option(names = "--clean", paramLabel = "P", description = "The prompt whose activations are put in; with "
        + "anything but clean it is only what is compared with, and may be left out.")
    private String clean;

    @Option(names = "--corrupt", paramLabel = "Q", required = true, description = "The prompt that is run.")
    private String corrupt;

    @Option(names = "--at", paramLabel = "SITE", required = true, arity = "1..*", description = "Where, such as "
        + "L1H0.z, L1H0.z@7, L1H0.z@5-7, L1H0.pattern@7,2 (from query 7 to key 2), L1H0.pattern@5-7,0-2, "
        + "L1.resid_pre@3 or blocks.1.attn.hook_zH0@7.")
    private List<String> sites;

    @Option(names = "--with", paramLabel = "WHAT", defaultValue = "clean", description = "clean (the default), zero, "
        + "mean (over the positions), mean:FILE (over the prompts in a text file, one a line) or a number; of a pattern "
        + "also uniform, first or previous: attention that is the same to all keys, all to the first token or all to "
        + "the one before.")
    private String with;

    @Option(names = "--strength", paramLabel = "S", defaultValue = "1", description = "How far to go from the run's own "
        + "values to the others: (1 − S)·own + S·other. 1 (the default) replaces, 0.5 goes half the way, 2 twice as far, "
        + "less than 0 the other way.")
    private double strength;

    @Option(names = "--renormalize", description = "Divide the rows of a pattern that were touched by their sums "
        + "afterwards; a row of which nothing is left stays empty. Without it they are left as they are, as in "
        + "TransformerLens.")
    private boolean renormalize;

    @Option(names = "--token", paramLabel = "T", required = true, arity = "1..*", description = "What to read out: "
        + "text that is one token, where the leading space counts, or #id.")
    private List<String> tokens;

    /** What was found, before it is put into words. */
    private record Outcome(Experiment experiment, Logits patched) {
    }

    @Override
    Answer answer() {
        WithOption replacement = WithOption.parse(with);
        try (LoadedModel loaded = common().open()) {
            Optional<Prompt> cleanPrompt = Optional.ofNullable(clean).map(p -> common().prompt(loaded.tokenizer(), p));
            Prompt corruptPrompt = common().prompt(loaded.tokenizer(), corrupt);
            List<Site> places = sites.stream().map(site -> Site.parse(site, loaded.config())).toList();
            Set<Hook> hooks = places.stream().map(Site::hook).collect(Collectors.toSet());
            Source source = replacement.source(loaded, common(), hooks::contains, new Cancellation());
            List<Patch> patches = places.stream().map(place -> new Patch(place, source, strength, renormalize)).toList();
            int[] ids = tokens.stream().mapToInt(loaded.tokenizer()::single).toArray();
            Outcome outcome = loaded.compute(model -> outcome(model, cleanPrompt, corruptPrompt, patches));
            List<Readout> readouts = Arrays.stream(ids)
                .mapToObj(id -> outcome.experiment.readout(id, Optional.of(outcome.patched))).toList();

            Answer answer = loaded.answer();
            cleanPrompt.ifPresent(prompt -> answer.prompt("clean", prompt));
            addCorrupt(answer, corruptPrompt, cleanPrompt.isPresent());
            addPatches(answer, patches, source);
            addManner(answer);
            Readouts words = new Readouts(loaded.tokenizer());
            return answer.put("readouts", words.json(readouts)).table(words.table(readouts)).seconds(loaded.seconds());
        }
    }

    private static Outcome outcome(Gpt2 model, Optional<Prompt> clean, Prompt corrupt, List<Patch> patches) {
        Cancellation never = new Cancellation();
        Set<Hook> hooks = patches.stream().map(patch -> patch.site().hook()).collect(Collectors.toSet());
        Experiment experiment = clean.isPresent()
            ? Experiment.run(model, clean.get(), corrupt, hooks::contains, never)
            : Experiment.run(model, corrupt, never);
        return new Outcome(experiment, experiment.patched(patches, never));
    }

    private static void addCorrupt(Answer answer, Prompt corrupt, boolean besideClean) {
        answer.prompt("corrupt", corrupt);
        if (!besideClean) {
            // A lone prompt goes by the name that it has everywhere.
            answer.put("tokens", Json.tokens(corrupt));
        }
    }

    private static void addPatches(Answer answer, List<Patch> patches, Source source) {
        JsonArray at = new JsonArray();
        patches.forEach(patch -> at.add(patch.site().toString()));
        String places = patches.stream().map(patch -> patch.site().toString()).collect(Collectors.joining(", "));
        answer.put("at", at).put("with", new JsonPrimitive(source.toString()))
            .line("patched  %s with %s".formatted(places, patches.get(0).how()));
    }

    /** Only where it is not as usual. */
    private void addManner(Answer answer) {
        if (strength != 1) {
            answer.put("strength", new JsonPrimitive(strength));
        }
        if (renormalize) {
            answer.put("renormalized", new JsonPrimitive(true));
        }
    }
}
