package org.headscope.window.promptbar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Alignment;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.tokens.TokenEdit;
import org.headscope.tokens.Tokenizer;
import org.headscope.window.Reading;
import org.headscope.window.Workbench;

/** The tokens of both prompts as they are shown, and changes of whole tokens. Belongs to the FX thread. */
final class PromptTokens {

    /** So many are named on a button's tooltip. */
    private static final int NAMED = 4;
    /** Longer texts are not read anew for each change of a token. */
    private static final int LONGEST = 20_000;

    private final Workbench workbench;
    private final ObjectProperty<Optional<Prompt>> clean = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Prompt>> corrupt = new SimpleObjectProperty<>(Optional.empty());

    PromptTokens(Workbench workbench) {
        this.workbench = workbench;
        workbench.cleanProperty().addListener((observed, before, now) -> clean.set(now.prompt()));
        workbench.corruptProperty().addListener((observed, before, now) -> corrupt.set(now.prompt()));
        workbench.documentProperty().addListener((observed, before, now) -> {
            follow(clean, workbench.cleanProperty().get(), now.clean());
            follow(corrupt, workbench.corruptProperty().get(), now.corrupt());
        });
        clean.set(workbench.cleanProperty().get().prompt());
        corrupt.set(workbench.corruptProperty().get().prompt());
    }

    /** Undo of a change that has not been run brings back what was run, of which no run tells. */
    private static void follow(ObjectProperty<Optional<Prompt>> shown, Reading last, String text) {
        if (last.prompt().filter(prompt -> prompt.text().equals(text)).isPresent()) {
            shown.set(last.prompt());
        }
    }

    /** The tokens of the last run, or those of a change since; empty where there are none. */
    ReadOnlyObjectProperty<Optional<Prompt>> promptProperty(Side side) {
        return side == Side.CLEAN ? clean : corrupt;
    }

    Optional<Tokenizer> tokenizer() {
        return workbench.tokenizer();
    }

    String text(Side side) {
        return side == Side.CLEAN ? workbench.document().clean() : workbench.document().corrupt();
    }

    /** The most tokens that the model reads and that there is memory for. */
    int limit() {
        return workbench.limit();
    }

    /** Changes the text of one prompt. */
    void write(String kind, Side side, String text) {
        workbench.edit(kind, document -> with(document, side, text));
    }

    private static Document with(Document document, Side side, String text) {
        return side == Side.CLEAN ? document.withClean(text) : document.withCorrupt(text);
    }

    // ---- one token ----

    /**
     * The prompt whose token is to be changed: that of the text as it stands, which may have been typed on since the
     * tokens were shown. Empty if that token is not there any more or the text is too long, which is said in the status
     * bar.
     */
    Optional<Prompt> editable(Side side, int position) {
        Optional<Prompt> shown = promptProperty(side).get();
        if (workbench.tokenizer().isEmpty() || shown.isEmpty()) {
            return Optional.empty();
        }
        if (text(side).length() > LONGEST) {
            return refuse(String.format(Locale.ROOT, "The %s prompt has more than %,d characters, too many to change "
                + "it token by token; change or shorten its text above.", side.word(), LONGEST));
        }
        try {
            Prompt now = workbench.tokenizer().get().prompt(text(side), workbench.document().bos());
            boolean isThere = position < Math.min(now.size(), shown.get().size())
                && now.tokens().get(position).equals(shown.get().tokens().get(position));
            return isThere ? Optional.of(now) : refuse("The %s prompt was changed here since its tokens were shown; "
                .formatted(side.word()) + "run it (F5), then change the token.");
        } catch (Refusal e) {
            return refuse(e.getMessage());
        }
    }

    private Optional<Prompt> refuse(String why) {
        workbench.report(why);
        return Optional.empty();
    }

    /** Puts the changed prompt in the place of the one before; one step of undo. */
    void apply(Side side, TokenEdit edit) {
        write("", side, edit.after().text());
        (side == Side.CLEAN ? clean : corrupt).set(Optional.of(edit.after()));
    }

    /** Takes a token out. A refusal, such as of the last one, is said in the status bar. */
    void remove(Side side, int position) {
        editable(side, position).ifPresent(prompt -> {
            try {
                apply(side, TokenEdit.replace(workbench.tokenizer().orElseThrow(), prompt, position, ""));
                workbench.report("");
            } catch (Refusal e) {
                workbench.report(e.getMessage());
            }
        });
    }

    // ---- whole prompts ----

    /** Keeps as many tokens as the model reads. */
    void cut(Side side) {
        promptProperty(side).get().filter(prompt -> prompt.size() > limit()).ifPresent(prompt -> {
            int kept = limit();
            String text = prompt.text().substring(0, prompt.tokens().get(kept - 1).end());
            // A text that is cut may be split otherwise at its end.
            while (kept > 1 && size(text) > limit()) {
                kept--;
                text = prompt.text().substring(0, prompt.tokens().get(kept - 1).end());
            }
            write("", side, text);
        });
    }

    private int size(String text) {
        return workbench.tokenizer().orElseThrow().prompt(text, workbench.document().bos()).size();
    }

    /** Both prompts over one another; empty unless there are two. */
    Optional<Alignment> alignment() {
        return clean.get().flatMap(one -> corrupt.get().map(other -> Alignment.of(one, other)));
    }

    /** What makes prompts of unequal length equally long. */
    List<Remedy> equalizing() {
        Optional<Alignment> found = alignment().filter(alignment -> !alignment.isWithoutGaps());
        if (found.isEmpty()) {
            return List.of();
        }
        Alignment alignment = found.get();
        Side shorter = alignment.shorter() == alignment.clean() ? Side.CLEAN : Side.CORRUPT;
        Side longer = shorter.other();
        String surplus = named(alignment.surplus());
        return List.of(
            new Remedy("Pad " + shorter.word(), "Put %s, which only the %s prompt has, into the %s prompt as well"
                .formatted(surplus, longer.word(), shorter.word()),
                () -> equalize(shorter, alignment.padded(), alignment.longer().size())),
            new Remedy("Trim " + longer.word(), "Take %s, which only the %s prompt has, out of it"
                .formatted(surplus, longer.word()),
                () -> equalize(longer, alignment.trimmed(), alignment.shorter().size())));
    }

    private void equalize(Side side, String text, int size) {
        int read = text.isEmpty() ? 0 : size(text);
        if (read == size) {
            workbench.report("");
            write("", side, text);
        } else {
            workbench.report("The %s prompt would then be read as %,d tokens instead of %,d, since words beside one "
                .formatted(side.word(), read, size) + "another are split otherwise; change it by hand.");
        }
    }

    private static String named(List<Token> tokens) {
        String names = tokens.stream().limit(NAMED).map(token -> "“" + token.label() + "”")
            .collect(Collectors.joining(", "));
        return tokens.size() > NAMED ? "%s and %,d more".formatted(names, tokens.size() - NAMED) : names;
    }
}
