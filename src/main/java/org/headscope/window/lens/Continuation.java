package org.headscope.window.lens;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import org.headscope.window.control.Taken;
import org.headscope.window.generate.GeneratePane;
import org.headscope.window.generate.GenerateViewModel;
import org.headscope.window.theme.Appearance;

/** What the model adds to the clean prompt, as one of the views of the Lens tab. */
final class Continuation extends LensPane {

    private final GenerateViewModel model;
    private final GeneratePane generate;

    Continuation(GenerateViewModel model, Appearance appearance) {
        this.model = model;
        this.generate = new GeneratePane(model, appearance);
        setVgrow(generate, Priority.ALWAYS);
        getChildren().add(generate);
    }

    /** Puts the keys where the continuation is asked for. */
    void ask() {
        generate.ask();
    }

    @Override
    ObservableValue<String> subtitle() {
        return generate.subtitle();
    }

    @Override
    Optional<Taken> taken() {
        return model.taken(generate.firstTaken(), generate.countTaken());
    }

    @Override
    Node keys() {
        return generate.keys();
    }

    @Override
    boolean letGo() {
        return generate.letGo();
    }
}
