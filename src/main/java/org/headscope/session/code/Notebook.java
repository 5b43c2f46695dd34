package org.headscope.session.code;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headscope.figure.FigureFile;
import org.headscope.model.Cancellation;
import org.headscope.patching.SweepResult;
import org.headscope.session.OpenModel;

/**
 * A Jupyter notebook that computes everything in TransformerLens that a document shows, and fails where it comes to
 * other numbers than Headscope's.
 */
public final class Notebook {

    /** The function that the others call. */
    private static final String TOLERANCES = """
        # fp32 rounds differently on different machines; these are far below what any finding rests on.
        LOGITS, ATTENTION = 1e-3, 5e-5


        def check(what, actual, expected, tolerance):
            actual, expected = torch.as_tensor(actual).float(), torch.tensor(expected).float()
            assert actual.shape == expected.shape, f"{what}: shape {tuple(actual.shape)}, not {tuple(expected.shape)}"
            assert torch.equal(actual.isnan(), expected.isnan()), f"{what}: not the same cells are empty"
            off = (actual - expected).abs().nan_to_num(0).max().item()
            assert off <= tolerance, f"{what}: off by {off}, more than {tolerance}"
            print(f"{what}: as in Headscope, at most {off:.1e} apart")
        """;

    /** More values than this would only make the file large; those that differ most from the unpatched run stay. */
    private static final int MOST_VALUES = 2_000;

    /** Products of weights alone, unlike what a model computes, can be of any size. */
    private static final String CIRCUIT = "max(LOGITS, 1e-5 * circuit.abs().max().item())";

    private final Subject subject;
    private final Version version;
    private final Facts facts;
    private final List<JsonObject> cells = new ArrayList<>();

    private Notebook(Subject subject, Version version, Facts facts) {
        this.subject = subject;
        this.version = version;
        this.facts = facts;
    }

    /**
     * Computes the document and writes it down, the bundled model beside it where Python could not read it otherwise.
     * Waits for the inference thread, so never call it on the FX thread.
     *
     * @param file usually ends in .ipynb
     * @throws org.headscope.refusal.Refusal if the prompts cannot be run, or not be patched as the document says, or
     *     the file cannot be written
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public static void write(Path file, OpenModel model, Subject subject, Version version, Cancellation cancellation) {
        FigureFile.writeText(file, of(model, subject, version, cancellation));
        BundledModel.layBeside(file, model.folder());
    }

    /**
     * Computes the document. Waits for the inference thread.
     *
     * @return the text of an .ipynb file
     * @throws org.headscope.refusal.Refusal if the prompts cannot be run, or not be patched as the document says
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    static String of(OpenModel model, Subject subject, Version version, Cancellation cancellation) {
        return new Notebook(subject, version, Facts.of(model, subject, cancellation)).json();
    }

    private String json() {
        TransformerLensCode code = new TransformerLensCode(subject, version);
        markdown("# A Headscope session in %s\n\n%s, %s. Every number that Headscope showed is asserted.".formatted(
            version.label(), subject.model().name(), subject.model().processing().label()));
        code(code.model());
        code(TOLERANCES);
        markdown("## The prompts");
        code(code.runs() + checksOfRuns());
        for (View view : code.views()) {
            markdown("## " + view.title());
            code(code.view(view).orElseThrow() + checks(view));
        }
        JsonObject notebook = new JsonObject();
        JsonArray all = new JsonArray();
        cells.forEach(all::add);
        notebook.add("cells", all);
        notebook.add("metadata", metadata());
        notebook.addProperty("nbformat", 4);
        notebook.addProperty("nbformat_minor", 5);
        return new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create()
            .toJson(notebook) + "\n";
    }

    private static JsonObject metadata() {
        JsonObject kernel = new JsonObject();
        kernel.addProperty("display_name", "Python 3");
        kernel.addProperty("language", "python");
        kernel.addProperty("name", "python3");
        JsonObject metadata = new JsonObject();
        metadata.add("kernelspec", kernel);
        return metadata;
    }

    // ---- cells ----

    private void markdown(String text) {
        cell("markdown", text);
    }

    private void code(String text) {
        JsonObject cell = cell("code", text.stripTrailing());
        cell.add("execution_count", JsonNull.INSTANCE);
        cell.add("outputs", new JsonArray());
    }

    private JsonObject cell(String type, String text) {
        JsonObject cell = new JsonObject();
        cell.addProperty("cell_type", type);
        cell.addProperty("id", "headscope-%d".formatted(cells.size()));
        cell.add("metadata", new JsonObject());
        JsonArray source = new JsonArray();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            source.add(lines.get(i) + (i < lines.size() - 1 ? "\n" : ""));
        }
        cell.add("source", source);
        cells.add(cell);
        return cell;
    }

    // ---- checks ----

    private static String check(String what, String actual, String expected, String tolerance) {
        return "check(%s, %s, %s, %s)\n".formatted(Python.text(what), actual, expected, tolerance);
    }

    private String checksOfRuns() {
        StringBuilder checks = new StringBuilder("\nassert clean[0].tolist() == %s\n".formatted(
            Python.list(facts.cleanIds())));
        facts.corruptIds().ifPresent(ids -> checks.append("assert corrupt[0].tolist() == %s\n".formatted(
            Python.list(ids))));
        checks.append(check("clean logits", "clean_logits[0, -1, tokens]", Python.list(facts.cleanLogits()),
            "LOGITS"));
        facts.corruptLogits().ifPresent(logits -> checks.append(check("corrupt logits",
            "corrupt_logits[0, -1, tokens]", Python.list(logits), "LOGITS")));
        return checks.toString();
    }

    private String checks(View view) {
        return switch (view) {
            case PATTERNS -> "\n" + check("pattern", "pattern[%d, -1]".formatted(subject.head().head()),
                Python.list(facts.cleanRow()), "ATTENTION");
            case COMPARE -> "\n" + check("corrupt pattern", "corrupt_pattern[-1]",
                Python.list(facts.corruptRow().orElseThrow()), "ATTENTION");
            case PATCH -> patch();
            case SWEEP -> "\n" + sweep();
            case PATH -> "\n" + check("path", "path", Python.number(facts.path().orElseThrow()), "LOGITS");
            case LENS -> "\n" + check("lens", "lens[:, 0, -1][:, tokens]", rows(facts.lens()), "LOGITS");
            case ATTRIBUTION -> "\n" + check("by head", "by_head", rows(facts.heads().orElseThrow()), "LOGITS")
                + check("by part", "by_part", Python.list(facts.parts().orElseThrow()), "LOGITS");
            case NEURON -> neuron(facts.neuron().orElseThrow());
            case DETECTORS -> detectors();
            case CIRCUIT -> "\n" + most("circuit", "circuit", facts.circuit().orElseThrow(), 0, CIRCUIT);
            case GENERATION -> "\nassert text[0, :%d].tolist() == %s\n".formatted(facts.continued().length,
                Python.list(facts.continued()));
        };
    }

    private static String rows(double[][] values) {
        return Arrays.stream(values).map(Python::list).collect(Collectors.joining(",\n    ", "[\n    ", "]"));
    }

    private String patch() {
        return "\n" + check("patched logits", "patched_logits[0, -1, tokens]",
            Python.list(facts.patchedLogits().orElseThrow()), "LOGITS");
    }

    private String detectors() {
        StringBuilder checks = new StringBuilder("\n");
        String[] kinds = {"previous_token_head", "duplicate_token_head", "induction_head"};
        for (int i = 0; i < kinds.length; i++) {
            checks.append(check(kinds[i], "scores[\"%s\"]".formatted(kinds[i]), rows(facts.detectors().get(i)),
                "ATTENTION"));
        }
        return checks.toString();
    }

    private String sweep() {
        boolean several = facts.sweep().size() > 1;
        return IntStream.range(0, facts.sweep().size()).mapToObj(i -> sweep(facts.sweep().get(i),
            several ? "sweep[%d]".formatted(i) : "sweep")).collect(Collectors.joining());
    }

    private static String sweep(SweepResult result, String name) {
        double[] values = result.values().clone();
        result.impossible().stream().forEach(cell -> values[cell] = Double.NaN);
        return most(name, name, values, result.corrupt(), "LOGITS");
    }

    /** Of many values those that differ most from a usual one. */
    private static String most(String what, String actual, double[] values, double usual, String tolerance) {
        if (values.length <= MOST_VALUES) {
            return check(what, actual + ".flatten()", Python.list(values), tolerance);
        }
        int[] cells = IntStream.range(0, values.length).boxed().filter(cell -> !Double.isNaN(values[cell]))
            .sorted((a, b) -> Double.compare(Math.abs(values[b] - usual), Math.abs(values[a] - usual)))
            .limit(MOST_VALUES).mapToInt(cell -> cell).sorted().toArray();
        return check(what, "%s.flatten()[%s]".formatted(actual, Python.list(cells)),
            Python.list(Arrays.stream(cells).mapToDouble(cell -> values[cell]).toArray()), tolerance);
    }

    private static String neuron(Facts.OfNeuron neuron) {
        return "\n" + check("activation", "activation", Python.list(neuron.activation()), "LOGITS")
            + check("promotes", "promotes.values", Python.list(neuron.promotes()), "LOGITS")
            + check("suppresses", "suppresses.values", Python.list(neuron.suppresses()), "LOGITS");
    }
}
