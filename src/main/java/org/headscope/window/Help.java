package org.headscope.window;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
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

    /** Of two of them, with what is around, in the smallest window. */
    private static final double COLUMN = 424;
    private static final double TERMS_WIDTH = 480;
    private static final double KEYS_WIDTH = 136;
    /** What a heading takes, in lines of a table. */
    private static final int HEADING = 2;

    /** Keys that belong together. */
    private record Group(String title, List<Key> keys) {

        int lines() {
            return keys.size() + HEADING;
        }
    }

    private Help() {
    }

    /** All keys, those of the part that has the focus first. */
    static void showKeys(Actions actions, Stage stage) {
        Set<String> around = idsAround(stage.getScene().getFocusOwner());
        List<Group> groups = new ArrayList<>();
        actions.regions().stream().filter(region -> around.contains(region.id()))
            .forEach(region -> groups.add(new Group("Here: " + region.title(), region.keys())));
        byMenu(actions).forEach((menu, keys) -> groups.add(new Group(menu, keys)));
        actions.regions().stream().filter(region -> !around.contains(region.id()))
            .forEach(region -> groups.add(new Group(region.title(), region.keys())));
        HBox columns = inTwoColumns(groups);
        columns.setId("keys");
        Sheet.show("Keys", columns);
    }

    /** One below the other, and beside them from the middle on. */
    private static HBox inTwoColumns(List<Group> groups) {
        VBox left = column();
        VBox right = column();
        int all = groups.stream().mapToInt(Group::lines).sum();
        int before = 0;
        for (Group group : groups) {
            (2 * before + group.lines() < all ? left : right).getChildren().add(table(group.title(), group.keys()));
            before += group.lines();
        }
        return new HBox(32, left, right);
    }

    private static VBox column() {
        VBox column = new VBox(16);
        column.setPrefWidth(COLUMN);
        return column;
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
            Label written = wrapped(Parts.label(keys.get(row).keys(), "strong"), KEYS_WIDTH);
            written.setMinWidth(KEYS_WIDTH);
            table.addRow(row, written, wrapped(Parts.label(keys.get(row).what()), Double.MAX_VALUE));
            GridPane.setValignment(written, VPos.TOP);
        }
        return new VBox(8, Parts.label(title, "section-title"), table);
    }

    private static Label wrapped(Label label, double width) {
        label.setWrapText(true);
        label.setMaxWidth(width);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** The words of the window that a newcomer may not know. */
    static void showTerms() {
        VBox terms = new VBox(12);
        for (Term term : Term.values()) {
            terms.getChildren().add(new VBox(2, Parts.label(term.word(), "strong"),
                wrapped(Parts.label(term.meaning()), TERMS_WIDTH)));
        }
        terms.setId("terms");
        terms.setPrefWidth(TERMS_WIDTH + 48);
        Sheet.show("Terms", terms);
    }
}
