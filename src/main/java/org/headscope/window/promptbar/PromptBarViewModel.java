package org.headscope.window.promptbar;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import org.headscope.tokens.Prompt;
import org.headscope.window.Reading;
import org.headscope.window.Workbench;

/** The two prompts as texts that can be edited, with what became of them. */
public final class PromptBarViewModel {

    private final Workbench workbench;
    private final StringProperty clean = new SimpleStringProperty();
    private final StringProperty corrupt = new SimpleStringProperty();

    public PromptBarViewModel(Workbench workbench) {
        this.workbench = workbench;
        workbench.documentProperty().addListener((observed, before, now) -> follow());
        follow();
        clean.addListener((observed, before, now) -> workbench.edit("clean text", d -> d.withClean(now)));
        corrupt.addListener((observed, before, now) -> workbench.edit("corrupt text", d -> d.withCorrupt(now)));
    }

    private void follow() {
        if (!workbench.document().clean().equals(clean.get())) {
            clean.set(workbench.document().clean());
        }
        if (!workbench.document().corrupt().equals(corrupt.get())) {
            corrupt.set(workbench.document().corrupt());
        }
    }

    public StringProperty cleanProperty() {
        return clean;
    }

    public StringProperty corruptProperty() {
        return corrupt;
    }

    /** Such as "8/256", or empty while nothing has been read. */
    public ObservableValue<String> count(ObservableValue<Reading> reading) {
        return Bindings.createStringBinding(() -> workbench.modelProperty().get()
            .filter(model -> reading.getValue().prompt().isPresent())
            .map(model -> "%,d/%,d".formatted(reading.getValue().size(), model.folder().config().positions()))
            .orElse(""), reading, workbench.modelProperty());
    }

    /** How the two prompts lie to one another, in one line. */
    public ObservableValue<String> comparison() {
        return Bindings.createStringBinding(() -> compare(workbench.cleanProperty().get().prompt(),
            workbench.corruptProperty().get().prompt()), workbench.cleanProperty(), workbench.corruptProperty());
    }

    static String compare(Optional<Prompt> clean, Optional<Prompt> corrupt) {
        if (clean.isEmpty() || corrupt.isEmpty()) {
            return "";
        }
        if (clean.get().size() != corrupt.get().size()) {
            return "%,d and %,d tokens: the patterns are shown, but nothing can be patched.".formatted(
                clean.get().size(), corrupt.get().size());
        }
        int[] a = clean.get().ids();
        int[] b = corrupt.get().ids();
        List<Integer> different = IntStream.range(0, a.length).filter(i -> a[i] != b[i]).boxed().toList();
        if (different.isEmpty()) {
            return "The prompts are the same: there is nothing to patch.";
        }
        return different.size() == 1 ? "1 token differs, at position %d".formatted(different.get(0))
            : "%,d tokens differ, first at position %d".formatted(different.size(), different.get(0));
    }
}
