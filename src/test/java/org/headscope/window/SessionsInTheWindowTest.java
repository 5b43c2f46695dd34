package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsInTheWindowTest extends InRenewedWindow {

    @TempDir
    private Path folder;

    private String title() {
        return window.fx(() -> window.stage().getTitle());
    }

    @Test
    void aSessionIsSavedLeftAndOpenedByItsKeys() {
        window.saveTo(folder.resolve("mine.headscope"));
        window.fxRun(() -> window.workbench().focus(new Head(2, 3), true));
        Document document = window.document();

        window.focus("head-grid").press(KeyCode.CONTROL, KeyCode.S);
        window.until("saved", () -> window.stage().getTitle().equals("mine – Headscope"));
        window.fxRun(() -> window.workbench().pin(81));
        assertThat(title()).isEqualTo("*mine – Headscope");

        window.press(KeyCode.CONTROL, KeyCode.N);
        window.untilRun(Document.notebook().clean());
        assertThat(title()).isEqualTo("Headscope");
        window.press(KeyCode.CONTROL, KeyCode.O);
        window.until("opened", () -> window.workbench().document().equals(document));
        assertThat(title()).isEqualTo("mine – Headscope");

        window.press(KeyCode.CONTROL, KeyCode.N);
        window.untilRun(Document.notebook().clean());
        window.choose("File", "Open a recent session…");
        window.press(KeyCode.DOWN).press(KeyCode.ENTER);
        window.until("opened again", () -> window.workbench().document().equals(document));
    }

    @Test
    void whatIsShownIsCopiedAsCode() {
        window.focus("head-grid").press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.C);

        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).contains("HookedTransformer",
            "blocks.1.attn.hook_pattern");
    }

    @Test
    void theLedgerOpensComparesAndBringsBack() {
        window.fxRun(() -> window.workbench().edit("", Document::withoutPatches));
        window.settle();
        Document bare = window.document();
        window.fxRun(() -> window.workbench().edit("", document -> document.toggled(new Head(2, 0), HookPoint.Z)));
        window.settle();

        window.focus("head-grid").press(KeyCode.CONTROL, KeyCode.J);
        TableView<?> table = window.find("ledger-table", TableView.class);
        assertThat(window.fx(() -> table.isVisible() && table.getItems().size() >= 2)).isTrue();
        assertThat(window.focused()).isEqualTo("ledger-table");
        window.press(KeyCode.ESCAPE);
        assertThat(window.focused()).isEqualTo("head-grid");
        assertThat(window.fx(() -> window.find("ledger", Node.class).isVisible())).isFalse();
        window.press(KeyCode.CONTROL, KeyCode.J);
        window.press(KeyCode.SPACE).press(KeyCode.DOWN).press(KeyCode.SPACE);
        assertThat(window.text("ledger-differences")).contains("Patches: – → L2H0.z");
        assertThat(window.fx(() -> table.lookupAll(".check-box").stream()
            .filter(box -> ((CheckBox) box).isSelected()).count())).isEqualTo(2);

        window.press(KeyCode.ENTER);
        assertThat(window.document()).isEqualTo(bare);
        window.fxRun(() -> window.workbench().undo());
        assertThat(window.document().isStaged(new Head(2, 0), HookPoint.Z)).isTrue();
    }
}
