package org.headscope.command;

import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.command.AttentionFigures.Attention;
import org.headscope.figure.Figure;
import org.headscope.figure.FigureFile;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.patching.Experiment;
import org.headscope.patching.LogitDifference;
import org.headscope.patching.Patch;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The founding notebook, from its two prompts to the patched logits. */
@Command(name = "demo", description = "Runs a clean and a corrupt prompt, finds the heads that make the difference, "
    + "patches the strongest, and writes pictures.")
final class DemoCommand extends AnswerCommand {

    private static final int PERIOD = 50;
    private static final int BATCH = 2;
    private static final long SEED = 0;
    private static final int NAMED_HEADS = 3;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "headscope-demo",
        description = "Where the pictures go; headscope-demo in the current folder if left out.")
    private Path folder;

    /** Both runs, which heads do what, and what patching the first induction head does. */
    private record Findings(Attention clean, Attention corrupt, HeadScores induction, HeadScores previous,
                            List<Readout> readouts) {

        Head head() {
            return induction.strongest();
        }
    }

    @Override
    Answer answer() {
        OutputFile.checkFolder(folder);
        try (LoadedModel loaded = common().open()) {
            Prompt clean = common().text(loaded.tokenizer(), Document.notebook().clean());
            Prompt corrupt = common().text(loaded.tokenizer(), Document.notebook().corrupt());
            Experiment.checkPair(clean, corrupt);
            RepeatedTokens repeated = RepeatedTokens.random(loaded.tokenizer().size(), loaded.tokenizer().findBos(),
                Math.min(PERIOD, loaded.config().positions() / 2), BATCH, SEED);
            Findings findings = loaded.compute(model -> find(model, clean, corrupt, repeated));

            Answer answer = loaded.answer().prompt("clean", clean).prompt("corrupt", corrupt).line("");
            addHeads(answer, findings);
            addReadouts(answer, new Readouts(loaded.tokenizer()), findings);
            return answer.files(write(loaded, findings)).seconds(loaded.seconds());
        }
    }

    private static Findings find(Gpt2 model, Prompt clean, Prompt corrupt, RepeatedTokens repeated) {
        Cancellation never = new Cancellation();
        RunOptions options = RunOptions.plain().lastLogitsOnly()
            .keeping(hook -> hook.point() == HookPoint.PATTERN || hook.point() == HookPoint.Z);
        Run cleanRun = model.run(clean.ids(), options);
        Run corruptRun = model.run(corrupt.ids(), options);
        RepeatedTokens.Scores scores = repeated.scores(model, never);
        Experiment experiment = Experiment.of(model, clean, cleanRun, corrupt, corruptRun);
        Patch patch = new Patch(Site.head(HookPoint.Z, scores.induction().strongest()), Source.CLEAN);
        Logits patched = experiment.patched(List.of(patch), never);
        List<Readout> readouts = Stream.of(cleanRun, corruptRun).map(run -> run.logits(-1).top(1).get(0).id())
            .distinct().map(id -> experiment.readout(id, Optional.of(patched))).toList();
        return new Findings(new Attention(clean, cleanRun.cache()), new Attention(corrupt, corruptRun.cache()),
            scores.induction(), scores.previous(), readouts);
    }

    private static void addHeads(Answer answer, Findings findings) {
        answer.put("head", new JsonPrimitive(findings.head().toString()))
            .line("On random tokens that repeat, the attention of")
            .line("  induction heads to what came next last time: " + strongest(findings.induction()))
            .line("  previous-token heads to the token before:    " + strongest(findings.previous()));
    }

    private static String strongest(HeadScores scores) {
        return scores.ranked().stream().limit(NAMED_HEADS).map(head -> head + " " + Text.number(scores.get(head)))
            .collect(Collectors.joining(", "));
    }

    private static void addReadouts(Answer answer, Readouts words, Findings findings) {
        answer.line("").line("The corrupt prompt with %s.z from the clean run, at the last position"
            .formatted(findings.head()));
        answer.put("readout", words.json(findings.readouts())).table(words.table(findings.readouts()));
        if (findings.readouts().size() == 2) {
            LogitDifference difference = new LogitDifference(findings.readouts().get(0), findings.readouts().get(1));
            answer.put("difference", words.json(difference));
            words.line(difference).ifPresent(answer::line);
        }
    }

    private List<Path> write(LoadedModel loaded, Findings findings) {
        AttentionFigures figures = new AttentionFigures(loaded.folder(), common().processing());
        Head head = findings.head();
        Map<Path, Figure> files = new LinkedHashMap<>();
        files.put(folder.resolve("attention.png"), figures.grid(findings.clean()).withFocus(head));
        files.put(folder.resolve(head + ".png"), figures.triptych(head, findings.clean(), findings.corrupt()));
        files.put(folder.resolve(head + ".csv"), figures.of(List.of(head), findings.clean()));
        OutputFile.makeFolder(folder);
        files.forEach(FigureFile::write);
        return List.copyOf(files.keySet());
    }
}
