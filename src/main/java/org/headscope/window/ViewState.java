package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.session.Direction;
import org.headscope.session.Look;
import org.headscope.session.ScaleChoice;
import org.headscope.session.TopShare;
import org.headscope.session.Viewing;
import org.headscope.session.Which;
import org.headscope.window.control.Found;
import org.headscope.window.control.Zoom;

/**
 * How the document is looked at: what all regions share. Most of it is part of the document, so that undo brings it
 * back; the tab, what is pointed at and the chosen cell are not. Belongs to the FX thread.
 */
public final class ViewState {

    /** The views of the workspace. */
    public enum Tab {
        PATTERN("Pattern", "One run, large"), COMPARE("Compare", "Clean, corrupt and their difference"),
        PATCH("Patch", "What every patch recovers"),
        LENS("Lens", "How the answer is built, layer by layer"),
        CIRCUITS("Circuits", "What the weights alone say about heads");

        private final String label;
        private final String hint;

        Tab(String label, String hint) {
            this.label = label;
            this.hint = hint;
        }

        public String label() {
            return label;
        }

        /** What the view shows, with its key. */
        public String hint() {
            return "%s (Ctrl+%d)".formatted(hint, ordinal() + 1);
        }
    }

    private final ObjectProperty<Which> which;
    private final ObjectProperty<ScaleChoice> scale;
    private final BooleanProperty hideFirst;
    private final ObjectProperty<AttentionWeight> weight;
    private final ObjectProperty<Combine> combine;
    private final ObjectProperty<Look> look;
    private final ObjectProperty<List<Head>> headSet;
    private final ObjectProperty<TopShare> topShare;
    private final ObjectProperty<Direction> direction;
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.PATTERN);
    private final ObjectProperty<Optional<Head>> hoveredHead = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> hoveredCell = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> lockedCell = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<CellRange>> range = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Zoom> zoom = new SimpleObjectProperty<>(Zoom.WHOLE);
    private final ObjectProperty<Found> found = new SimpleObjectProperty<>(Found.NOTHING);

    public ViewState(Workbench workbench) {
        this.which = part(workbench, "which", Viewing::which, Viewing::withWhich);
        this.scale = part(workbench, "scale", Viewing::scale, Viewing::withScale);
        this.weight = part(workbench, "weight", Viewing::weight, Viewing::withWeight);
        this.combine = part(workbench, "combine", Viewing::combine, Viewing::withCombine);
        this.look = part(workbench, "look", Viewing::look, Viewing::withLook);
        this.headSet = part(workbench, "", Viewing::headSet, Viewing::withHeadSet);
        this.topShare = part(workbench, "top-share", Viewing::topShare, Viewing::withTopShare);
        this.direction = part(workbench, "direction", Viewing::direction, Viewing::withDirection);
        this.hideFirst = DocumentProperty.ofBoolean(workbench, document -> document.viewing().hideFirst(),
            (document, now) -> document.withViewing(document.viewing().withHideFirst(now)));
    }

    private static <T> ObjectProperty<T> part(Workbench workbench, String kind, Function<Viewing, T> get,
                                              BiFunction<Viewing, T, Viewing> with) {
        return DocumentProperty.of(workbench, kind, document -> get.apply(document.viewing()),
            (document, now) -> document.withViewing(with.apply(document.viewing(), now)));
    }

    /** Whose attention the head map and the pattern view show. */
    public ObjectProperty<Which> whichProperty() {
        return which;
    }

    public ObjectProperty<ScaleChoice> scaleProperty() {
        return scale;
    }

    /** Whether attention to position 0 is left out of pictures, without renormalising the rest. */
    public BooleanProperty hideFirstProperty() {
        return hideFirst;
    }

    public ObjectProperty<Tab> tabProperty() {
        return tab;
    }

    /** What attention counts for in the large maps. */
    public ObjectProperty<AttentionWeight> weightProperty() {
        return weight;
    }

    /** Whose attention one large map shows. */
    public ObjectProperty<Combine> combineProperty() {
        return combine;
    }

    /** How the pattern view draws attention. */
    public ObjectProperty<Look> lookProperty() {
        return look;
    }

    /** The heads that are looked at together, in the order in which they were chosen; empty for the focus alone. */
    public ObjectProperty<List<Head>> headSetProperty() {
        return headSet;
    }

    /** Takes a head into the set, or out of it. */
    public void gather(Head head) {
        List<Head> changed = new ArrayList<>(headSet.get());
        if (!changed.remove(head)) {
            changed.add(head);
        }
        headSet.set(List.copyOf(changed));
    }

    /** The head under the pointer. */
    public ObjectProperty<Optional<Head>> hoveredHeadProperty() {
        return hoveredHead;
    }

    /** The query (row) and key (column) under the pointer. */
    public ObjectProperty<Optional<Cell>> hoveredCellProperty() {
        return hoveredCell;
    }

    /** The part of the large maps that is seen, the same in all of them. */
    public ObjectProperty<Zoom> zoomProperty() {
        return zoom;
    }

    /** The tokens that are looked for. */
    public ObjectProperty<Found> foundProperty() {
        return found;
    }

    /** How much of each row's attention the large maps show, without renormalising the rest. */
    public ObjectProperty<TopShare> topShareProperty() {
        return topShare;
    }

    /** Which way attention is read at a token. */
    public ObjectProperty<Direction> directionProperty() {
        return direction;
    }

    /** The query and key that stay chosen when the pointer moves on. */
    public ObjectProperty<Optional<Cell>> lockedCellProperty() {
        return lockedCell;
    }

    /** Cells of the map that are taken together, from the locked one on. */
    public ObjectProperty<Optional<CellRange>> rangeProperty() {
        return range;
    }
}
