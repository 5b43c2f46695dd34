package org.headscope.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.NeuronReading;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.patching.Metric;
import org.headscope.patching.PromptList;
import org.headscope.patching.ReferenceMeans;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.ModelNote;
import org.headscope.session.OpenModel;
import org.headscope.session.Session;
import org.headscope.session.SessionFile;
import org.headscope.session.SessionJson;
import org.headscope.session.Substitution.Side;
import org.headscope.session.code.CircuitPlan;
import org.headscope.session.code.NeuronPlan;
import org.headscope.session.code.Notebook;
import org.headscope.session.code.PathPlan;
import org.headscope.session.code.Plans;
import org.headscope.session.code.Subject;
import org.headscope.session.code.SweepPlan;
import org.headscope.session.code.Version;
import org.headscope.tokens.Prompt;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A saved session as a notebook that checks its numbers in TransformerLens. */
@Command(name = "notebook", description = "Writes a Jupyter notebook that computes in TransformerLens what a saved "
    + "session shows, and fails where it comes to other numbers than Headscope.")
final class NotebookCommand implements Callable<Integer> {

    /** As many as the window shows. */
    private static final int PAIRS = 50;
    private static final int WRITTEN = 8;

    @Parameters(paramLabel = "SESSION", description = "A file that was saved in the window.")
    private Path file;

    @Option(names = "--out", paramLabel = "F", required = true, description = "The notebook to write, such as "
        + "session.ipynb.")
    private Path out;

    @Option(names = "--for", paramLabel = "V", defaultValue = "2.15", description = "The version of TransformerLens: "
        + "2.15 (the default) or 4.")
    private String version;

    @Option(names = "--model", paramLabel = "M", description = "Where the session's model lies, if not where it was.")
    private String model;

    @Option(names = "--what", paramLabel = "W", description = "Adds a sweep: of z, q, k, v, pattern, heads, edge, "
        + "blocks or a part of layers such as resid_pre.")
    private String what;

    @Option(names = "--by", paramLabel = "B", description = "head or position; with --what.")
    private String by;

    @Option(names = "--to", paramLabel = "H.P", description = "Adds a sweep of all paths into a head's q, k or v.")
    private String to;

    @Option(names = "--from", paramLabel = "H", description = "Adds a sweep of all paths from a head; with --what.")
    private String from;

    @Option(names = "--metric", paramLabel = "M", description = "What the sweep and a path measure: logit:T, "
        + "diff:T:U, logprob:T, prob:T or kl; the difference of the first two watched tokens if left out.")
    private String metric;

    @Option(names = "--circuit", paramLabel = "C", description = "Adds what the weights say: copying, Q, K or V "
        + "(composition), or OV or QK (the strongest pairs of tokens) or OV-prompt or QK-prompt (between the clean "
        + "prompt's tokens) of the head that the session looks at.")
    private String circuit;

    @Option(names = "--neuron", paramLabel = "N", description = "Adds a neuron, such as L3N1024: its activation over the "
        + "clean prompt and what it writes.")
    private String neuron;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Version wanted = Stream.of(Version.values()).filter(one -> one.number().equals(version)).findFirst()
            .orElseThrow(() -> new Refusal("--for takes 2.15 or 4, not “%s”.".formatted(Text.shortened(version))));
        OutputFile.check(out);
        SessionJson.Read read = SessionFile.read(file);
        try (LoadedModel loaded = open(read.session())) {
            Subject subject = subject(read.session(), loaded);
            Notebook.write(out, loaded.model(), subject, wanted, new Cancellation());
        }
        if (!read.note().isEmpty()) {
            spec.commandLine().getErr().println(read.note());
        }
        spec.commandLine().getOut().println("Wrote %s for %s.".formatted(out, wanted.label()));
        return ExitCode.OK;
    }

    private LoadedModel open(Session session) {
        Optional<ModelNote> note = session.model();
        String name = model != null ? model : note.map(ModelNote::openable).orElse(ModelFolder.DEMO);
        Runtime runtime = Runtime.start(0);
        try {
            LoadedModel loaded = new LoadedModel(OpenModel.open(name, note.map(ModelNote::processing)
                .orElse(Processing.TRANSFORMERLENS), runtime));
            if (note.filter(known -> !known.isLike(loaded.folder())).isPresent()) {
                loaded.close();
                throw new Refusal("The session was made with %s (%s), and %s has other sizes; name the right model "
                    .formatted(note.get().name(), note.get().size(), name) + "with --model.");
            }
            return loaded;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    private Subject subject(Session session, LoadedModel loaded) {
        Document document = withMeans(session, loaded);
        List<Integer> watched = document.pins().isEmpty() ? predictions(document, loaded) : document.pins();
        Subject bare = Subject.of(loaded.model(), document, watched, Plans.NONE, session.references());
        return bare.with(new Plans(
            what == null && to == null && from == null ? Optional.empty() : Optional.of(sweep(bare, loaded)),
            document.path().filter(path -> !document.corrupt().isEmpty()).map(path ->
                new PathPlan(path, document.substitution(), metric(bare, loaded))),
            Optional.ofNullable(circuit).map(word -> circuit(word, document)),
            Optional.ofNullable(neuron).map(this::neuron)));
    }

    private static CircuitPlan circuit(String word, Document document) {
        if (word.equals("copying")) {
            return new CircuitPlan.Copying();
        }
        if (List.of("Q", "K", "V").contains(word)) {
            return new CircuitPlan.Composition(Input.valueOf(word));
        }
        if (!List.of("OV", "QK", "OV-prompt", "QK-prompt").contains(word)) {
            throw new Refusal("--circuit takes copying, Q, K, V, OV, QK, OV-prompt or QK-prompt, not “%s”.".formatted(
                Text.shortened(word)));
        }
        Head head = document.focus().orElseThrow(() -> new Refusal("The session looks at no head, of which --circuit %s "
            .formatted(word) + "could tell something; look at one and save it again."));
        Circuit of = Circuit.valueOf(word.substring(0, 2));
        return word.length() == 2 ? new CircuitPlan.Pairs(head, of, Extreme.LARGEST, PAIRS)
            : new CircuitPlan.Between(head, of, Side.CLEAN);
    }

    private NeuronPlan neuron(String name) {
        return new NeuronPlan(NeuronReading.Id.parse(name).orElseThrow(() -> new Refusal(
            "“%s” names no neuron; write a layer and a neuron, such as L3N1024.".formatted(Text.shortened(name)))),
            Side.CLEAN, WRITTEN);
    }

    private static Document withMeans(Session session, LoadedModel loaded) {
        Document document = session.document();
        if (session.references().isEmpty()) {
            return document;
        }
        List<Prompt> prompts = PromptList.read(Path.of(session.references().get()),
            line -> loaded.tokenizer().prompt(line, document.bos()), loaded.config().positions());
        Source mean = new Source.ReferenceMean(loaded.compute(gpt2 -> ReferenceMeans.of(gpt2, prompts,
            hook -> hook.point().inLayers() && !hook.point().hasKeys() && !hook.point().onlyOnRequest(),
            new Cancellation())));
        return document.withSubstitution(document.substitution().with(mean));
    }

    /** What the window watches where nobody chose: the first prediction of each run. */
    private static List<Integer> predictions(Document document, LoadedModel loaded) {
        return Stream.of(document.clean(), document.corrupt()).filter(text -> !text.isEmpty())
            .map(text -> loaded.tokenizer().prompt(text, document.bos()).ids())
            .map(ids -> loaded.compute(gpt2 -> gpt2.run(ids, RunOptions.plain().lastLogitsOnly())
                .logits(-1).top(1).get(0).id())).distinct().toList();
    }

    private SweepPlan sweep(Subject subject, LoadedModel loaded) {
        SweepTarget target = SweepTarget.parse(what, by, to, from);
        return new SweepPlan(target.kinds(), target.end().map(end -> new SweepPlan.End(end.head(), end.sends())),
            subject.document().substitution(), metric(subject, loaded));
    }

    private Metric metric(Subject subject, LoadedModel loaded) {
        return metric == null ? subject.metric().orElseThrow() : MetricOption.parse(metric, loaded.tokenizer()).metric();
    }
}
