package org.headscope.window.lens;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Copying;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Taken;

/** What stands beside a chart: a column that scrolls, of parts that can be taken away, and of tokens with numbers. */
abstract class SidePane extends ScrollPane {

    /** Keeps the numbers off the scroll bar. */
    static final double EDGE = 8;

    private final VBox column = new VBox(8);

    SidePane(String id, double width) {
        setContent(column);
        column.setPadding(new Insets(0, EDGE, 0, 0));
        setId(id);
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinWidth(width);
        setPrefWidth(width);
        setMinHeight(0);
    }

    /** What stands in it, from the top. */
    final VBox column() {
        return column;
    }

    /**
     * A title with the buttons that take away what it stands above.
     *
     * @param id of the buttons, after {@code copy-} and {@code export-}
     * @param what that is, such as "what L1H0 writes"
     * @param export opens what saves it as a file
     */
    static HBox heading(Label title, String id, String what, Supplier<Optional<Taken>> taken, Runnable export) {
        Button copy = Parts.iconButton(Icons.COPY, "Copy %s as text".formatted(what),
            () -> taken.get().map(Taken::text).ifPresent(Copying::text));
        copy.setId("copy-" + id);
        Button save = Parts.iconButton(Icons.EXPORT, "Save %s as PNG, SVG, PDF or CSV".formatted(what), export);
        save.setId("export-" + id);
        HBox heading = new HBox(title, Parts.spacer(), copy, save);
        heading.setAlignment(Pos.CENTER_LEFT);
        return heading;
    }

    static VBox list(String what, List<HeadWriting.Written> tokens) {
        GridPane grid = new GridPane();
        grid.setHgap(8);
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(0);
        ColumnConstraints value = new ColumnConstraints();
        value.setHalignment(HPos.RIGHT);
        value.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(name, value);
        for (int row = 0; row < tokens.size(); row++) {
            grid.add(Parts.label(tokens.get(row).label(), "small"), 0, row);
            Label number = Parts.label(Numerals.part(tokens.get(row).value()), "small", "muted");
            number.setMinWidth(USE_PREF_SIZE);
            grid.add(number, 1, row);
        }
        return new VBox(2, Parts.label(what, "strong", "small"), grid);
    }
}
