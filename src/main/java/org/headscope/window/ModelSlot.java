package org.headscope.window;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;
import org.headscope.window.work.Background;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/**
 * The one model that is open. Another takes its place so that never both are in memory: the one before is closed first,
 * but only once nothing can be found wrong with the other; if that cannot be loaded all the same, the one before is
 * loaded again. Belongs to the FX thread.
 */
final class ModelSlot {

    private final Background background;
    private final Problem problem;
    private final Runnable forget;
    private final Consumer<OpenModel> begin;
    private final ReadOnlyObjectWrapper<Optional<OpenModel>> model = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** What was closed for a model that is not open yet. */
    private Optional<Former> former = Optional.empty();

    /** Nothing of the model itself, whose memory is to be had. */
    private record Former(ModelFolder folder, ModelSource source) {
    }

    /**
     * @param forget drops all that was computed with the model that is open
     * @param begin starts the work in a model that has been brought back
     */
    ModelSlot(Background background, Problem problem, Runnable forget, Consumer<OpenModel> begin) {
        this.background = background;
        this.problem = problem;
        this.forget = forget;
        this.begin = begin;
    }

    ReadOnlyObjectProperty<Optional<OpenModel>> modelProperty() {
        return model.getReadOnlyProperty();
    }

    Optional<OpenModel> get() {
        return model.get();
    }

    /** Of the model that is open, or of the one that was closed for another. */
    Optional<ModelFolder> folder() {
        return model.get().map(OpenModel::folder).or(() -> former.map(Former::folder));
    }

    /** Loads another model in the background. */
    void swap(String what, ModelSource source, Consumer<OpenModel> done, Consumer<Throwable> failed) {
        problem.letGo();
        background.run(Lane.MODEL, what, job -> {
            source.check();
            return source;
        }, checked -> {
            model.get().ifPresent(this::letGo);
            background.run(Lane.MODEL, what, job -> load(source, job), opened -> {
                take(opened);
                done.accept(opened);
            }, error -> bringBack(error, failed));
        }, error -> bringBack(error, failed));
    }

    private void letGo(OpenModel old) {
        former = Optional.of(new Former(old.folder(), ModelSource.again(old)));
        background.drop(Lane.RUNS);
        background.drop(Lane.PROBE);
        forget.run();
        model.set(Optional.empty());
        old.close();
    }

    private void take(OpenModel opened) {
        former = Optional.empty();
        forget.run();
        model.set(Optional.of(opened));
    }

    /** Opens the model again that was closed for one that could not be loaded, and says why that could not. */
    private void bringBack(Throwable error, Consumer<Throwable> failed) {
        if (former.isEmpty()) {
            failed.accept(error);
            return;
        }
        ModelSource source = former.get().source();
        background.run(Lane.MODEL, "Going back to " + former.get().folder().name(), job -> load(source, job), opened -> {
            take(opened);
            begin.accept(opened);
            failed.accept(error);
            problem.letStand();
        }, second -> {
            former = Optional.empty();
            failed.accept(error);
        });
    }

    private static OpenModel load(ModelSource source, Job job) {
        OpenModel opened = source.load();
        if (job.cancellation().isRequested()) {
            // Nobody will take it, so nobody else would close it.
            opened.close();
            job.cancellation().throwIfRequested();
        }
        return opened;
    }
}
