package org.headscope.window.lens;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Parts;

/** The tokens whose logits the focused head raises and lowers most. */
final class WritingPane extends SidePane {

    private static final double WIDTH = 176;

    private Runnable export = () -> { };

    WritingPane(AttributionViewModel model) {
        super("head-writing", WIDTH);
        model.writingProperty().addListener((observed, before, now) -> show(now));
        show(model.writingProperty().get());
    }

    /** @param how opens what saves it as a file */
    void setOnExport(Runnable how) {
        export = how;
    }

    private void show(Optional<HeadWriting> writing) {
        column().getChildren().setAll(writing.map(this::lists).orElse(List.of(hint())));
    }

    private static VBox hint() {
        Label label = Parts.label("Choose a head to read which tokens it promotes.", "note");
        label.setWrapText(true);
        return new VBox(label);
    }

    private List<VBox> lists(HeadWriting writing) {
        String what = "%s writes".formatted(writing.head());
        Label place = Parts.label("at %s, in logits".formatted(writing.place()), "muted", "small");
        return List.of(new VBox(heading(Parts.label(what, "section-title"), "writing", "what " + what,
            () -> Optional.of(writing.taken()), () -> export.run()), place), list("promotes", writing.promotes()),
            list("suppresses", writing.suppresses()));
    }
}
