package org.headscope.window.promptbar;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.Example;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.weights.ModelFolder;
import org.headscope.window.Reading;
import org.headscope.window.Workbench;
import org.headscope.window.control.Visible;

/** The two prompts as texts that can be edited, with what became of them. */
public final class PromptBarViewModel {

    private final Workbench workbench;
    private final PromptTokens tokens;
    private final StringProperty clean = new SimpleStringProperty();
    private final StringProperty corrupt = new SimpleStringProperty();

    public PromptBarViewModel(Workbench workbench) {
        this.workbench = workbench;
        this.tokens = new PromptTokens(workbench);
        workbench.documentProperty().addListener((observed, before, now) -> follow());
        follow();
        clean.addListener((observed, before, now) -> type("clean text", Side.CLEAN, now));
        corrupt.addListener((observed, before, now) -> type("corrupt text", Side.CORRUPT, now));
    }

    private void follow() {
        Document document = workbench.document();
        follow(clean, document.clean());
        follow(corrupt, document.corrupt());
    }

    private static void follow(StringProperty shown, String text) {
        if (!Visible.line(text).equals(shown.get())) {
            shown.set(Visible.line(text));
        }
    }

    private void type(String kind, Side side, String shown) {
        // A text that holds one of the signs itself must not change by being shown.
        if (!Visible.line(tokens.text(side)).equals(shown)) {
            tokens.write(kind, side, Visible.ofLine(shown));
        }
    }

    /** On one line: a line feed as "↵", a tab as "⇥". */
    public StringProperty cleanProperty() {
        return clean;
    }

    /** On one line: a line feed as "↵", a tab as "⇥". */
    public StringProperty corruptProperty() {
        return corrupt;
    }

    /** The prompts as tokens, and what can be done to them. */
    PromptTokens tokens() {
        return tokens;
    }

    ReadOnlyObjectProperty<Reading> reading(Side side) {
        return side == Side.CLEAN ? workbench.cleanProperty() : workbench.corruptProperty();
    }

    /** Such as "8/256", or empty while nothing has been read. */
    public ObservableValue<String> count(ObservableValue<Reading> reading) {
        return Bindings.createStringBinding(() -> workbench.modelProperty().get()
            .filter(model -> reading.getValue().prompt().isPresent())
            .map(model -> "%,d/%,d".formatted(reading.getValue().size(), workbench.limit()))
            .orElse(""), reading, workbench.modelProperty(), workbench.memoryProperty());
    }

    // ---- what is wrong ----

    /** What can be done about a prompt that cannot be read; empty where nothing is wrong or nothing helps. */
    ObservableValue<Optional<Remedy>> remedy(Side side, Runnable chooseExample) {
        return reading(side).map(reading -> {
            if (reading.problem().isEmpty()) {
                return Optional.empty();
            }
            if (reading.prompt().isPresent()) {
                int limit = tokens.limit();
                return Optional.of(new Remedy("Keep the first %,d".formatted(limit),
                    "Cut the text off after %,d tokens".formatted(limit), () -> tokens.cut(side)));
            }
            return tokens.text(side).isEmpty() ? Optional.of(new Remedy("Take an example…",
                "Choose from the worked examples", chooseExample)) : Optional.empty();
        });
    }

    /** What is odd about a text that can be read all the same; empty where nothing is. */
    ObservableValue<String> flaw(Side side) {
        return Bindings.createStringBinding(() -> TextFlaw.of(tokens.text(side)), workbench.documentProperty());
    }

    /** What can be done about {@link #flaw}. */
    Remedy clearingOf(Side side) {
        return new Remedy("Take out", "Take these characters out of the text",
            () -> tokens.write("", side, TextFlaw.without(tokens.text(side))));
    }

    // ---- the two beside one another ----

    /** How the two prompts lie to one another, in one line. */
    public ObservableValue<String> comparison() {
        return Bindings.createStringBinding(() -> compare(tokens.promptProperty(Side.CLEAN).get(),
            tokens.promptProperty(Side.CORRUPT).get()), tokens.promptProperty(Side.CLEAN),
            tokens.promptProperty(Side.CORRUPT));
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

    /**
     * What can be done so that the pair can be patched.
     *
     * @param edit opens the editor of a prompt's last token
     */
    List<Remedy> remediesOfPair(Consumer<Side> edit) {
        Optional<Prompt> one = tokens.promptProperty(Side.CLEAN).get();
        Optional<Prompt> other = tokens.promptProperty(Side.CORRUPT).get();
        if (one.isEmpty() || other.isEmpty()) {
            return List.of();
        }
        return one.get().firstDifference(other.get()) >= 0 ? tokens.equalizing() : List.of(new Remedy(
            "Change a token", "Type another text in the place of the corrupt prompt's last token",
            () -> edit.accept(Side.CORRUPT)));
    }

    // ---- examples ----

    boolean isBundled() {
        return workbench.modelProperty().get().filter(model -> model.folder().name().equals(ModelFolder.DEMO))
            .isPresent();
    }

    /** Takes an example's prompts and tokens to watch in one step of undo; says why if this model's has no such. */
    boolean take(Example example) {
        if (workbench.tokenizer().isEmpty()) {
            workbench.report("Open a model first; its tokenizer reads the example.");
            return false;
        }
        try {
            Document taken = example.into(workbench.document(), workbench.tokenizer().get());
            workbench.edit("", document -> taken);
            workbench.report("");
            return true;
        } catch (Refusal e) {
            workbench.report("This model's tokenizer does not fit the example: " + e.getMessage());
            return false;
        }
    }
}
