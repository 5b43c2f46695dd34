package org.headscope.window.export;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.DoubleSpinnerValueFactory;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.headscope.figure.Colors;
import org.headscope.figure.FigureFile.Format;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Page.Part;
import org.headscope.figure.Page.Slant;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Parts;

/** How a figure is to come out. Every choice shows in the preview. */
final class OptionsPane extends VBox {

    private static final double WIDTH = 304;
    private static final double LABELS = 80;
    private static final double ROW = 32;

    private final ExportViewModel model;
    private final GridPane grid = new GridPane();
    private int rows;

    OptionsPane(ExportViewModel model) {
        super(8);
        this.model = model;
        getStyleClass().add("export-side");
        setId("export-options");
        setPrefWidth(WIDTH);
        setMinWidth(Region.USE_PREF_SIZE);
        grid.setHgap(8);
        grid.setVgap(8);
        ColumnConstraints labels = new ColumnConstraints(LABELS);
        labels.setHalignment(HPos.LEFT);
        grid.getColumnConstraints().add(labels);
        add("Format", Choice.of(List.of(Format.values()), model.formatProperty(), Format::name, OptionsPane::hint));
        add("Width", new VBox(8, widths(), millimetres()));
        add("Text size", spinner("export-points", "The size of labels in points", 3, 72, 0.5, FigureOptions::points,
            FigureOptions::withPoints, "points"));
        add("Dpi of PNG", Choice.of(List.of(192.0, 300.0, 600.0), either(FigureOptions::dotsPerInch,
            FigureOptions::withDotsPerInch), dots -> "%.0f".formatted(dots), "%.0f dots to the inch of a PNG"::formatted));
        add("Colours", combo("export-colors", "Colours of attention", Colors.values(), Colors::label,
            FigureOptions::colors, FigureOptions::withColors));
        add("Theme", Choice.of(List.of(false, true), either(FigureOptions::dark, FigureOptions::withDark),
            dark -> dark ? "Dark" : "Light", dark -> dark ? "Dark, for slides" : "Light, for paper"));
        add("Key labels", combo("export-slant", "How the labels of keys stand", Slant.values(), OptionsPane::label,
            FigureOptions::slant, FigureOptions::withSlant));
        Label show = Parts.label("Show", "section-title");
        getChildren().addAll(Parts.label("How", "section-title"), grid, show, parts());
    }

    private static String hint(Format format) {
        return switch (format) {
            case PNG -> "Pixels; carries the session, so that dropping it on Headscope brings the view back";
            case SVG -> "Shapes and texts, to be edited";
            case PDF -> "Shapes and texts, to be typeset";
            case CSV -> "The numbers, with every digit";
        };
    }

    private static String label(Slant slant) {
        return switch (slant) {
            case FITTING -> "Level where they fit";
            case LEVEL -> "Level";
            case RISING -> "Rising at 45°";
            case UPRIGHT -> "Upright";
        };
    }

    private void add(String name, Node control) {
        Label label = Parts.label(name, "muted");
        label.setLabelFor(control);
        label.setMinHeight(ROW);
        GridPane.setValignment(label, VPos.TOP);
        grid.addRow(rows++, label, control);
    }

    /** A property of one of the options, both ways. */
    private <T> ObjectProperty<T> either(Function<FigureOptions, T> get, BiFunction<FigureOptions, T, FigureOptions> set) {
        ObjectProperty<T> value = new SimpleObjectProperty<>(get.apply(model.optionsProperty().get()));
        value.addListener((observed, before, now) -> {
            if (!now.equals(get.apply(model.optionsProperty().get()))) {
                model.change(options -> set.apply(options, now));
            }
        });
        model.optionsProperty().addListener((observed, before, now) -> value.set(get.apply(now)));
        return value;
    }

    private ComboBox<Width> widths() {
        return combo("export-width", "How wide the figure is", Width.values(), Width::label,
            options -> Width.of(options.millimetres()), (options, width) -> width.applied(options));
    }

    private Node millimetres() {
        Spinner<Double> spinner = spinner("export-millimetres", "The width in millimetres", 20, 1000, 1,
            options -> options.millimetres() == 0 ? 85 : options.millimetres(), FigureOptions::withMillimetres, "mm");
        Parts.hideWhile(spinner, model.optionsProperty().map(options -> options.millimetres() == 0));
        return spinner;
    }

    private <E> ComboBox<E> combo(String id, String what, E[] values, Function<E, String> label,
                                  Function<FigureOptions, E> get, BiFunction<FigureOptions, E, FigureOptions> set) {
        ComboBox<E> combo = new ComboBox<>();
        combo.setId(id);
        combo.setAccessibleText(what);
        combo.getItems().setAll(values);
        combo.setMaxWidth(Double.MAX_VALUE);
        combo.setConverter(new Words<>(label));
        combo.valueProperty().bindBidirectional(either(get, set));
        return combo;
    }

    private Spinner<Double> spinner(String id, String what, double least, double most, double step,
                                    Function<FigureOptions, Double> get,
                                    BiFunction<FigureOptions, Double, FigureOptions> set, String unit) {
        DoubleSpinnerValueFactory values = new DoubleSpinnerValueFactory(least, most,
            get.apply(model.optionsProperty().get()), step);
        Spinner<Double> spinner = new Spinner<>(values);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setAccessibleText("%s, %s".formatted(what, unit));
        spinner.getEditor().setPrefColumnCount(6);
        values.setConverter(new Numbers(values));
        values.valueProperty().bindBidirectional(either(get, set));
        spinner.focusedProperty().addListener((observed, before, now) -> {
            if (!now) {
                spinner.commitValue();
            }
        });
        return spinner;
    }

    private VBox parts() {
        VBox ticks = new VBox(8);
        for (Part part : Part.values()) {
            CheckBox tick = new CheckBox(switch (part) {
                case HEADING -> "Title, prompts and model";
                case LEGEND -> "Legend";
                case RING -> "Ring around the chosen cell or head";
                case CROSSHAIR -> "Lines from the chosen cell to the axes";
            });
            tick.setId("export-" + part.name().toLowerCase(Locale.ROOT));
            tick.setSelected(model.optionsProperty().get().parts().contains(part));
            tick.setOnAction(event -> model.change(options -> options.with(part, tick.isSelected())));
            ticks.getChildren().add(tick);
        }
        return ticks;
    }

    /** Numbers as people write them; what is none leaves the value as it was. */
    private static final class Numbers extends StringConverter<Double> {

        private final DoubleSpinnerValueFactory values;

        Numbers(DoubleSpinnerValueFactory values) {
            this.values = values;
        }

        @Override
        public String toString(Double value) {
            return value == null ? "" : value == Math.rint(value) ? String.valueOf(value.longValue())
                : String.valueOf(value);
        }

        @Override
        public Double fromString(String text) {
            try {
                double value = Double.parseDouble(text.strip().replace(',', '.'));
                return value >= values.getMin() && value <= values.getMax() ? value : values.getValue();
            } catch (NumberFormatException e) {
                return values.getValue();
            }
        }
    }

    /** Shows values by their labels; nobody types them. */
    private static final class Words<E> extends StringConverter<E> {

        private final Function<E, String> label;

        Words(Function<E, String> label) {
            this.label = label;
        }

        @Override
        public String toString(E value) {
            return value == null ? "" : label.apply(value);
        }

        @Override
        public E fromString(String text) {
            throw new UnsupportedOperationException(text);
        }
    }
}
