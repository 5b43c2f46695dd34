package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class RegionsTest {

    private final Late late = new Late();
    private final LatePart<HBox> promptBar = late.nextPart(() -> new HBox(button("clean-field")));
    private final HBox headMap = new HBox(button("head-grid"));
    private final Button map = button("heat-map");
    private final HBox workspace = new HBox(map);
    private final LatePart<HBox> inspector = late.nextPart(() -> new HBox(button("stage")));
    private final Regions regions = new Regions(promptBar, headMap, workspace, () -> map, inspector);
    private Scene scene;

    private static Button button(String id) {
        Button button = new Button(id);
        button.setId(id);
        return button;
    }

    @Start
    void show(Stage stage) {
        scene = new Scene(new HBox(promptBar, headMap, workspace, inspector));
        stage.setScene(scene);
        stage.show();
        map.requestFocus();
    }

    @Test
    void aRegionThatIsNotMadeYetIsMadeWhenKeysGoThere() {
        assertThat(inspector.made()).isEmpty();
        assertThat(move("next-region")).isEqualTo("stage");
        assertThat(promptBar.made()).isEmpty();
        assertThat(move("next-region")).isEqualTo("clean-field");
        assertThat(move("previous-region")).isEqualTo("stage");
    }

    private String move(String action) {
        return WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
            regions.actions().stream().filter(one -> one.id().equals(action)).findFirst().orElseThrow().run().run();
            Node owner = scene.getFocusOwner();
            return owner.getId();
        });
    }
}
