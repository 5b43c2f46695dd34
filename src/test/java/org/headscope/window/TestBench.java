package org.headscope.window;

import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Head;
import org.headscope.patching.LogitDifference;
import org.headscope.patching.Readout;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.work.TestBackground;

/** A workbench without a screen. */
public final class TestBench implements AutoCloseable {

    /** The token that the bundled model continues the notebook's clean prompt with. */
    public static final int WENT = 1816;
    /** The one that it continues the corrupt prompt with. */
    public static final int TRAVELLED = 21650;
    /** The strongest induction head of the bundled model. */
    public static final Head INDUCTION = new Head(1, 0);

    private final TestBackground background = new TestBackground();
    private final Workbench workbench;
    private final ViewState view;

    private TestBench(Document start) {
        workbench = new Workbench(TestModels.RUNTIME, background, start);
        view = new ViewState(workbench);
    }

    /** As the application starts, before any model is there. */
    public static TestBench empty() {
        return new TestBench(Document.notebook());
    }

    /** The bundled model and the founding notebook's pair, which is run. */
    public static TestBench demo() {
        TestBench bench = empty();
        bench.workbench.open(ModelFolder.DEMO, Processing.TRANSFORMERLENS);
        return bench;
    }

    /** A small random model of 3 layers and 4 heads; it reads at most 64 tokens. */
    public static TestBench tiny() {
        TestBench bench = empty();
        bench.openTiny();
        return bench;
    }

    public void openTiny() {
        workbench.open(Fixture.TINY.modelPath().toString(), Processing.TRANSFORMERLENS);
    }

    public Workbench workbench() {
        return workbench;
    }

    public TestBackground background() {
        return background;
    }

    public ViewState view() {
        return view;
    }

    /** Types a clean prompt and lets the pause after the last key pass. */
    public void typeClean(String text) {
        workbench.edit("clean text", document -> document.withClean(text));
        background.endPauses();
    }

    /** Types a corrupt prompt and lets the pause after the last key pass. */
    public void typeCorrupt(String text) {
        workbench.edit("corrupt text", document -> document.withCorrupt(text));
        background.endPauses();
    }

    public Finished finished() {
        return workbench.finishedProperty().get().orElseThrow();
    }

    public Pair pair() {
        return workbench.pairProperty().get().orElseThrow();
    }

    public Readout readout(int token) {
        return workbench.readoutsProperty().get().stream().filter(readout -> readout.id() == token).findFirst()
            .orElseThrow();
    }

    /** Of the two predictions. */
    public LogitDifference difference() {
        return new LogitDifference(readout(WENT), readout(TRAVELLED));
    }

    public String problem() {
        return workbench.problemProperty().get();
    }

    public Optional<OpenModel> model() {
        return workbench.modelProperty().get();
    }

    @Override
    public void close() {
        model().ifPresent(OpenModel::close);
    }
}
