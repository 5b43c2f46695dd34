package org.headscope.window.circuits;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.figure.Legend;
import org.headscope.figure.Shading;
import org.headscope.window.circuits.ShownCircuit.CircuitMap;
import org.headscope.window.circuits.ShownCircuit.TokenPair;
import org.headscope.window.control.Choice;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/** What the weights say about heads: a map between heads or tokens, or a table of the vocabulary's pairs. */
public final class CircuitsPane extends VBox {

    private static final double WIDEST_LEGEND = 300;

    private final CircuitsViewModel model;
    private final Appearance appearance;
    private final HeatCanvas map;
    private final TableView<TokenPair> table = new TableView<>();
    private final DrawingView legend = new DrawingView();
    private final Label title = Parts.label("", "strong");
    private final Label meaning = Parts.label("", "note");
    private final TableColumn<TokenPair, String> from = column("", pair -> pair.from());
    private final TableColumn<TokenPair, String> to = column("", pair -> pair.to());

    public CircuitsPane(CircuitsViewModel model, Appearance appearance) {
        super(8);
        this.model = model;
        this.appearance = appearance;
        this.map = new HeatCanvas(appearance, false);
        setId("circuits");
        setAlignment(Pos.TOP_CENTER);
        setMinSize(0, 0);
        title.setId("circuit-title");
        meaning.setWrapText(true);
        meaning.setMinHeight(USE_PREF_SIZE);
        meaning.setMaxWidth(Double.MAX_VALUE);
        meaning.textProperty().bind(model.kindProperty().map(CircuitKind::meaning));
        VBox.setVgrow(map, Priority.SOMETIMES);
        legend.setMinHeight(USE_PREF_SIZE);
        HBox below = new HBox(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        Parts.hideWhile(below, map.pictureProperty().isNull());
        prepareMap();
        prepareTable();
        getChildren().addAll(meaning, title, problem(), map, table, below);
        model.shownProperty().addListener((observed, before, now) -> show());
        appearance.themeProperty().addListener((observed, before, now) -> show());
        widthProperty().addListener((observed, before, now) -> show());
        show();
    }

    /** What is read from the weights; to stand beside the tabs. */
    public Node controls() {
        ComboBox<CircuitKind> kind = new ComboBox<>(FXCollections.observableArrayList(CircuitKind.values()));
        kind.setId("circuit-kind");
        kind.setAccessibleText("What is read from the weights");
        kind.setPrefWidth(184);
        kind.valueProperty().bindBidirectional(model.kindProperty());
        Node extreme = Choice.of(List.of(Extreme.values()), model.extremeProperty(),
            end -> end == Extreme.LARGEST ? "Largest" : "Smallest",
            end -> end == Extreme.LARGEST ? "The pairs with the largest entries" : "The pairs with the smallest entries");
        Parts.hideWhile(extreme, model.kindProperty().map(now -> !now.isPairs()));
        HBox controls = new HBox(12, kind, extreme);
        controls.getStyleClass().add("score-controls");
        controls.setAlignment(Pos.CENTER_LEFT);
        return controls;
    }

    private VBox problem() {
        Label problem = Parts.note(model.problemProperty(), "empty-state");
        problem.setId("circuit-problem");
        Button again = new Button("Read it");
        again.setOnAction(event -> model.again());
        Parts.hideWhile(again, model.stoppedProperty().map(is -> !is));
        VBox box = new VBox(8, problem, again);
        box.setAlignment(Pos.CENTER);
        box.setPadding(new Insets(24, 0, 0, 0));
        Parts.hideWhile(box, model.problemProperty().map(String::isEmpty));
        return box;
    }

    private void prepareMap() {
        map.setId("circuit-map");
        Parts.hideWhile(map, map.pictureProperty().isNull());
        map.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> map.lockedProperty().get().ifPresent(model::choose));
        map.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                map.lockedProperty().get().ifPresent(model::choose);
                event.consume();
            }
        });
    }

    private void prepareTable() {
        table.setId("circuit-pairs");
        table.getStyleClass().addAll("dense", "striped");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        TableColumn<TokenPair, String> rank = column("#", pair -> Integer.toString(pair.rank()));
        rank.setMaxWidth(48);
        rank.setMinWidth(40);
        TableColumn<TokenPair, String> value = column("Entry", pair -> ShownCircuit.number(pair.value()));
        value.setMinWidth(80);
        table.getColumns().setAll(List.of(rank, from, to, value));
        table.getColumns().forEach(each -> each.setSortable(false));
        table.setMinHeight(120);
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    private static TableColumn<TokenPair, String> column(String name, Function<TokenPair, String> text) {
        TableColumn<TokenPair, String> column = new TableColumn<>(name);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
        return column;
    }

    // ---- showing ----

    private void show() {
        Optional<ShownCircuit> shown = model.shownProperty().get();
        title.setText(shown.map(ShownCircuit::title).orElse(""));
        title.setVisible(shown.isPresent());
        title.setManaged(shown.isPresent());
        boolean isTable = shown.filter(now -> now.map().isEmpty()).isPresent();
        table.setVisible(isTable);
        table.setManaged(isTable);
        shown.filter(now -> isTable).ifPresent(this::showPairs);
        Optional<CircuitMap> now = shown.flatMap(ShownCircuit::map);
        if (now.isEmpty()) {
            map.pictureProperty().set(null);
        } else {
            show(shown.get(), now.get());
        }
    }

    private void showPairs(ShownCircuit shown) {
        boolean isOv = shown.kind() == CircuitKind.OV_PAIRS;
        from.setText(isOv ? "Attended to" : "Query");
        to.setText(isOv ? "Logit changed" : "Key");
        if (!shown.pairs().equals(table.getItems())) {
            table.getItems().setAll(shown.pairs());
            table.scrollTo(0);
        }
    }

    private void show(ShownCircuit shown, CircuitMap values) {
        Shading shading = appearance.themeProperty().get().shading(values.scale());
        map.setName(shown.title());
        map.lockedProperty().set(map.lockedProperty().get().filter(cell -> cell.row() < values.matrix().rows()
            && cell.column() < values.matrix().columns()));
        map.pictureProperty().set(HeatPicture.of(values.matrix(), shading,
            values.rows(), values.columns(), shown::words));
        legend.show(Legend.of(values.quantity(), values.scale(), List.of(values.matrix()))
            .draw(appearance.themeProperty().get(), WIDEST_LEGEND));
    }

    /** What takes the keys. */
    public Node focusable() {
        return table.isVisible() ? table : map;
    }

    /** Takes the ring off the chosen cell; false where there is none. */
    public boolean letGo() {
        boolean held = map.lockedProperty().get().isPresent();
        map.lockedProperty().set(Optional.empty());
        return held;
    }
}
