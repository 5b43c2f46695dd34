package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.window.Workbench;

/** What a sweep puts in, and into which run. What is chosen goes into the document, where undo finds it. */
public final class SubstitutionViewModel {

    private static final String FIRST_NUMBER = "1";

    private final Workbench workbench;
    private final FileReading files;
    private final Runnable again;
    private final ObjectProperty<SourceChoice> source = new SimpleObjectProperty<>(SourceChoice.OTHER);
    private final StringProperty number = new SimpleStringProperty(FIRST_NUMBER);
    private final ObjectProperty<Side> into = new SimpleObjectProperty<>(Side.CORRUPT);
    private final ReadOnlyObjectWrapper<Optional<References>> references =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    /** All that were opened, since undo brings back what they gave. */
    private final List<References> opened = new ArrayList<>();
    private Supplier<Optional<Path>> question = Optional::empty;
    private boolean following;

    /** @param again sweeps once more where what is chosen does not change the document */
    SubstitutionViewModel(Workbench workbench, FileReading files, Runnable again) {
        this.workbench = workbench;
        this.files = files;
        this.again = again;
        source.addListener((observed, before, now) -> substitute());
        number.addListener((observed, before, now) -> substitute());
        into.addListener((observed, before, now) -> substitute());
    }

    /** What is put in. */
    public ObjectProperty<SourceChoice> sourceProperty() {
        return source;
    }

    /** What a person typed as the number to put in. */
    public StringProperty numberProperty() {
        return number;
    }

    /** The run that is changed. */
    public ObjectProperty<Side> intoProperty() {
        return into;
    }

    // ---- reference prompts ----

    /** The reference prompts whose mean is put in, where that is chosen. */
    ReadOnlyObjectProperty<Optional<References>> referencesProperty() {
        return references.getReadOnlyProperty();
    }

    /** The file of the reference prompts whose mean is put in; empty where something else is. */
    public Optional<Path> referencesFile() {
        return references.get().filter(read -> read.source().equals(workbench.document().substitution().source()))
            .map(References::file);
    }

    /** @param which file holds reference prompts; empty when a person thinks better of it */
    public void askForReferencesWith(Supplier<Optional<Path>> which) {
        question = which;
    }

    /** Asks which file of reference prompts to take the mean over. */
    public void chooseReferences() {
        question.get().ifPresent(this::openReferences);
    }

    /** Puts in the mean over the prompts in a text file. One that cannot be read leaves all as it is. */
    public void openReferences(Path file) {
        boolean bos = workbench.document().bos();
        files.read(file, (model, job) -> References.read(file, model, bos, job.cancellation()), this::take);
    }

    private void take(References read) {
        opened.add(read);
        references.set(Optional.of(read));
        if (source.get() == SourceChoice.REFERENCE) {
            substitute();
        } else {
            source.set(SourceChoice.REFERENCE);
        }
    }

    /** Another model makes other means of them. */
    void forgetReferences() {
        references.set(Optional.empty());
        opened.clear();
    }

    // ---- the document ----

    private void substitute() {
        if (following) {
            return;
        }
        Optional<Source> chosen = chosen();
        Substitution substitution = new Substitution(chosen.orElse(Source.ZERO), into.get());
        if (chosen.isEmpty() || substitution.equals(workbench.document().substitution())) {
            again.run();
        } else {
            workbench.edit(source.get() == SourceChoice.NUMBER ? "number" : "",
                document -> document.withSubstitution(substitution));
        }
    }

    private Optional<Source> chosen() {
        return switch (source.get()) {
            case OTHER -> Optional.of(Source.CLEAN);
            case ZERO -> Optional.of(Source.ZERO);
            case MEAN -> Optional.of(Source.MEAN);
            case REFERENCE -> references.get().map(References::source);
            case NUMBER -> Source.parse(number.get().strip()).filter(Source.Number.class::isInstance);
        };
    }

    /** Takes over what a document puts in. Returns whether that is something else than before. */
    boolean follow(Document before, Document now) {
        boolean isOther = !now.substitution().equals(before.substitution());
        if (isOther) {
            take(now.substitution());
        }
        return isOther;
    }

    private void take(Substitution substitution) {
        following = true;
        into.set(substitution.into());
        opened.stream().filter(read -> read.source().equals(substitution.source())).findFirst()
            .ifPresent(read -> references.set(Optional.of(read)));
        if (!chosen().equals(Optional.of(substitution.source()))) {
            source.set(SourceChoice.of(substitution.source()));
            if (source.get() == SourceChoice.NUMBER) {
                number.set(substitution.source().toString());
            }
        }
        following = false;
    }

    /** What is put in by a sweep: a path carries what its sender writes in the other run, whatever else is chosen. */
    Substitution of(Swept swept) {
        Substitution chosen = workbench.document().substitution();
        return swept.isOfPaths() ? chosen.with(Source.CLEAN) : chosen;
    }

    /** Why what is chosen cannot be put in by a sweep, in one sentence; empty where it can. */
    String problem(Swept swept) {
        if (swept.isOfPaths()) {
            return "";
        }
        if (source.get() == SourceChoice.REFERENCE) {
            String none = problemOfReferences(swept);
            if (!none.isEmpty()) {
                return none;
            }
        }
        return chosen().isPresent() ? "" : "“%s” is not a number; write one such as 0.5.".formatted(number.get());
    }

    private String problemOfReferences(Swept swept) {
        if (references.get().isEmpty()) {
            return "Choose a text file of reference prompts, one a line, to put their mean in.";
        }
        return swept.kinds().stream().anyMatch(kind -> kind.point().hasKeys()) ? "A pattern has no mean over "
            + "reference prompts, since its values belong to pairs of positions; sweep z, q, k, v or a part of layers."
            : "";
    }
}
