package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.session.MetricChoice;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.PairFile.Checked;

/** The many pairs of a file that are swept instead of the one that is open. */
public final class PairsViewModel {

    private final Workbench workbench;
    private final FileReading files;
    private final Runnable opened;
    private final Runnable closed;
    private final ReadOnlyObjectWrapper<Optional<PairFile>> file = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Checked>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private Supplier<Optional<Path>> question = Optional::empty;

    /**
     * @param opened told when pairs are there
     * @param closed told when there are none any more
     */
    PairsViewModel(Workbench workbench, FileReading files, Runnable opened, Runnable closed) {
        this.workbench = workbench;
        this.files = files;
        this.opened = opened;
        this.closed = closed;
    }

    /** Empty where the pair that is open is swept. */
    ReadOnlyObjectProperty<Optional<PairFile>> fileProperty() {
        return file.getReadOnlyProperty();
    }

    Optional<PairFile> file() {
        return file.get();
    }

    /** The file's rows, and what keeps some of them from being swept. */
    ReadOnlyObjectProperty<List<Checked>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** @param which file holds pairs; empty when a person thinks better of it */
    public void askWith(Supplier<Optional<Path>> which) {
        question = which;
    }

    /** Asks which file of pairs to sweep, and sweeps it. */
    public void choose() {
        question.get().ifPresent(this::open);
    }

    /** Sweeps the pairs in a CSV file. One that cannot be read leaves all as it is. */
    public void open(Path chosen) {
        boolean bos = workbench.document().bos();
        files.read(chosen, (model, job) -> PairFile.read(chosen, model, bos), this::take);
    }

    private void take(PairFile read) {
        boolean isReadAgain = file.get().filter(now -> now.file().equals(read.file())).isPresent();
        file.set(Optional.of(read));
        if (!isReadAgain && read.hasAnswers(1)) {
            MetricChoice answered = read.hasAnswers(2) ? MetricChoice.DIFFERENCE : MetricChoice.LOGIT;
            workbench.edit("", document -> document.withSweeping(document.sweeping()
                .withMetric(answered, List.of())));
        }
        opened.run();
    }

    /** Goes back to the pair that is open. */
    public void close() {
        files.forgetProblem();
        file.set(Optional.empty());
        rows.set(List.of());
        closed.run();
    }

    /** Another model has other tokens: reads the file again where it was read with another. */
    void renew() {
        file.get().filter(now -> now.model() != workbench.modelProperty().get().orElseThrow())
            .ifPresent(now -> open(now.file()));
    }

    /** Finds out which rows can be swept. */
    void check(Supplier<SweepRequest> request) {
        rows.set(file.get().map(now -> now.check(request.get())).orElse(List.of()));
    }

    /** None while there is a row that can be swept; the others say themselves what keeps them away. */
    String problem() {
        return rows.get().stream().anyMatch(Checked::isUsable) ? "" : rows.get().stream().findFirst()
            .map(row -> "%s, line %d: %s".formatted(file.get().orElseThrow().table().name(), row.row().line(),
                row.problem())).orElse("");
    }
}
