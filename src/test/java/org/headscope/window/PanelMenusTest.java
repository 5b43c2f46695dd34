package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.headscope.session.Look;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a right click on a panel offers. */
class PanelMenusTest extends InRenewedWindow {

    private static final String CODE = "Copy as TransformerLens code";

    private ExportDialog dialog;

    @BeforeEach
    void open() {
        dialog = new ExportDialog(window);
    }

    @AfterEach
    void closeAll() {
        window.fxRun(() -> menu().ifPresent(Window::hide));
        dialog.close();
    }

    private static Optional<ContextMenu> menu() {
        return Window.getWindows().stream().filter(ContextMenu.class::isInstance).map(ContextMenu.class::cast)
            .filter(Window::isShowing).findFirst();
    }

    /** Asks for a menu in the middle of a part, and tells what it offers. */
    private static List<String> ask(String id) {
        Node part = window.find(id, Node.class);
        window.fxRun(() -> {
            menu().ifPresent(Window::hide);
            Bounds bounds = part.localToScreen(part.getBoundsInLocal());
            part.fireEvent(new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, 1, 1, bounds.getMinX() + 1,
                bounds.getMinY() + 1, false, null));
        });
        return window.fx(() -> menu().orElseThrow().getItems().stream().map(MenuItem::getText)
            .filter(text -> text != null).toList());
    }

    private static void choose(String item) {
        window.fxRun(() -> {
            ContextMenu menu = menu().orElseThrow();
            menu.getItems().stream().filter(one -> item.equals(one.getText())).findFirst().orElseThrow().fire();
            menu.hide();
        });
    }

    private static void untilCopied(String start) {
        window.until("text on the clipboard",
            () -> String.valueOf(Clipboard.getSystemClipboard().getString()).startsWith(start));
    }

    @Test
    void aRightClickOnTheMapOffersToTakeItAway() {
        ask("heat-map");
        assertThat(window.fx(() -> menu().orElseThrow().getItems().stream().map(MenuItem::getId).toList()))
            .containsExactly("panel-copy-picture", "panel-copy", "panel-code", "panel-export", null, "panel-table");
        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> menu().isPresent())).isFalse();
    }

    @Test
    void whatIsShownIsCopiedAsNumbersPictureAndCode() {
        ask("heat-map");
        choose("Copy as TSV");
        untilCopied("query\tBOS\tTom");

        ask("heat-map");
        choose(CODE);
        untilCopied("# pip install");
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).contains("blocks.1.attn.hook_pattern");

        ask("heat-map");
        choose("Copy image");
        window.until("a picture on the clipboard", () -> Clipboard.getSystemClipboard().hasImage());
    }

    @Test
    void theMapIsShownAsATableAndBack() {
        ask("heat-map");
        choose("Show as table");
        assertThat(window.document().viewing().look()).isEqualTo(Look.TABLE);
        window.fxRun(window.workbench()::undo);
        assertThat(window.document().viewing().look()).isEqualTo(Look.MAP);
        window.fxRun(window.workbench()::redo);

        ask("map-table");
        choose("Show as table");
        assertThat(window.document().viewing().look()).isEqualTo(Look.MAP);
    }

    @Test
    void otherViewsAreNoTables() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(ask("compare-clean")).containsExactly("Copy image", "Copy as TSV", CODE, "Export…");
        window.press(KeyCode.CONTROL, KeyCode.DIGIT5);
        window.settle();
        assertThat(ask("circuits")).containsExactly("Copy image", "Copy as TSV", CODE, "Export…");
        choose(CODE);
        untilCopied("# pip install");
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).contains("model.OV.eigenvalues");
    }

    @Test
    void theHeadMapGivesItsScoresAndItsPicture() {
        assertThat(ask("head-grid")).containsExactly("Copy image", "Copy scores as TSV", CODE, "Export…");
        choose("Copy scores as TSV");
        untilCopied("Head\t");
        ask("head-grid");
        choose("Export…");
        dialog.untilDrawn();
        assertThat(dialog.said("export-size")).isNotEmpty();
        assertThat(window.fx(() -> dialog.part("export-preview", Node.class).getAccessibleText()))
            .contains("Attention of every head");
    }

    @Test
    void theInspectorGivesItsNumbers() {
        assertThat(ask("readouts")).containsExactly("Copy as TSV", CODE);
        choose("Copy as TSV");
        untilCopied("token\tid\trun\tlogit\tprobability\trank\n·went\t1816\tclean\t");
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).contains("\tcorrupt\t", "\tpatched\t");

        assertThat(ask("token-pane")).containsExactly("Copy as TSV", CODE);
        choose("Copy as TSV");
        untilCopied("token\tposition\treading\tother\tother position\tattention\n·Tom\t7\tattends to\t·went\t2\t0.9");

        assertThat(ask("head-facts")).contains("Copy scores as TSV");
        ask("readouts");
        choose(CODE);
        untilCopied("# pip install");
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).contains("run_with_hooks");
    }
}
