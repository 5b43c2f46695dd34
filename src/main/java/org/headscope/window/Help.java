package org.headscope.window;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.headscope.window.action.Action;
import org.headscope.window.action.Actions;
import org.headscope.window.action.RegionKeys;
import org.headscope.window.action.RegionKeys.Key;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Term;

/** Keys and terms, as help. */
final class Help {

    private static final double WIDTH = 840;
    private static final double HEIGHT = 520;
    private static final double TERMS_WIDTH = 480;
    private static final double SCROLL_BAR = 24;
    private static final double KEYS_WIDTH = 112;

    private Help() {
    }

    /** All keys, those of the part that has the focus first. */
    static void showKeys(Actions actions, Stage stage) {
        Set<String> around = idsAround(stage.getScene().getFocusOwner());
        VBox here = new VBox(16);
        VBox everywhere = new VBox(16);
        actions.regions().stream().filter(region -> around.contains(region.id()))
            .forEach(region -> here.getChildren().add(table("Here: " + region.title(), region.keys())));
        actions.regions().stream().filter(region -> !around.contains(region.id()))
            .forEach(region -> here.getChildren().add(table(region.title(), region.keys())));
        byMenu(actions).forEach((menu, keys) -> everywhere.getChildren().add(table(menu, keys)));
        HBox columns = new HBox(32, everywhere, here);
        ScrollPane scroll = new ScrollPane(columns);
        scroll.setId("keys");
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setMinSize(WIDTH, HEIGHT);
        scroll.setMaxSize(WIDTH, HEIGHT);
        Sheet.show("Keys", scroll);
    }

    private static Set<String> idsAround(Node focused) {
        Set<String> ids = new HashSet<>();
        for (Node at = focused; at != null; at = at.getParent()) {
            if (at.getId() != null) {
                ids.add(at.getId());
            }
        }
        return ids;
    }

    private static Map<String, List<Key>> byMenu(Actions actions) {
        Map<String, List<Key>> menus = new LinkedHashMap<>();
        for (Action action : actions.all()) {
            if (!action.keys().isEmpty()) {
                menus.computeIfAbsent(action.section().menu(), menu -> new ArrayList<>())
                    .add(new Key(action.written(), action.name()));
            }
        }
        return menus;
    }

    private static VBox table(String title, List<Key> keys) {
        GridPane table = new GridPane();
        table.setHgap(16);
        table.setVgap(4);
        for (int row = 0; row < keys.size(); row++) {
            Label written = Parts.label(keys.get(row).keys(), "strong");
            written.setMinWidth(KEYS_WIDTH);
            Label what = Parts.label(keys.get(row).what());
            what.setMinWidth(Region.USE_PREF_SIZE);
            table.addRow(row, written, what);
        }
        return new VBox(8, Parts.label(title, "section-title"), table);
    }

    /** The words of the window that a newcomer may not know. */
    static void showTerms() {
        VBox terms = new VBox(12);
        for (Term term : Term.values()) {
            Label meaning = Parts.label(term.meaning());
            meaning.setWrapText(true);
            meaning.setMaxWidth(TERMS_WIDTH);
            meaning.setMinHeight(Region.USE_PREF_SIZE);
            terms.getChildren().add(new VBox(2, Parts.label(term.word(), "strong"), meaning));
        }
        ScrollPane scroll = new ScrollPane(terms);
        scroll.setId("terms");
        scroll.getStyleClass().add("plain-scroll");
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinWidth(TERMS_WIDTH + SCROLL_BAR);
        scroll.setMaxHeight(HEIGHT);
        Sheet.show("Terms", scroll);
    }
}
