package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.refusal.Refusal;
import org.headscope.session.OpenModel;
import org.headscope.window.Workbench;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** Reads the files that a sweep is made of, with the model that is open, beside the FX thread. */
final class FileReading {

    private final Workbench workbench;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    FileReading(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Why the last file could not be read; empty where it could. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Nothing is asked of a file any more. */
    void forgetProblem() {
        problem.set("");
    }

    /**
     * Reads a file. One that cannot be read leaves all as it is.
     *
     * @param read called beside the FX thread
     * @param taken told on the FX thread
     */
    <T> void read(Path file, BiFunction<OpenModel, Job, T> read, Consumer<T> taken) {
        Optional<OpenModel> model = workbench.modelProperty().get();
        if (model.isEmpty()) {
            problem.set("Open a model first; its tokenizer reads the file.");
            return;
        }
        workbench.background().run(Lane.READ, "Reading " + file.getFileName(), job -> read.apply(model.get(), job),
            made -> {
                problem.set("");
                taken.accept(made);
            }, error -> {
                if (error instanceof Refusal refusal) {
                    problem.set(refusal.getMessage());
                } else {
                    workbench.fail(error);
                }
            });
    }
}
