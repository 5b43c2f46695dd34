package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.session.Look;
import org.headscope.session.ScaleChoice;
import org.headscope.session.Which;

/** How the document is looked at just now: what all regions share and undo leaves alone. Belongs to the FX thread. */
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

    private final ObjectProperty<Which> which = new SimpleObjectProperty<>(Which.CLEAN);
    private final ObjectProperty<ScaleChoice> scale = new SimpleObjectProperty<>(ScaleChoice.ABSOLUTE);
    private final BooleanProperty hideFirst = new SimpleBooleanProperty();
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.PATTERN);
    private final ObjectProperty<AttentionWeight> weight = new SimpleObjectProperty<>(AttentionWeight.PATTERN);
    private final ObjectProperty<Combine> combine = new SimpleObjectProperty<>(Combine.HEAD);
    private final ObjectProperty<Look> look = new SimpleObjectProperty<>(Look.MAP);
    private final ObjectProperty<List<Head>> headSet = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<Optional<Head>> hoveredHead = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> hoveredCell = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> lockedCell = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<CellRange>> range = new SimpleObjectProperty<>(Optional.empty());

    /** Cells of the map that are taken together, from the locked one on. */
    public ObjectProperty<Optional<CellRange>> rangeProperty() {
        return range;
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

    /** The query and key that stay chosen when the pointer moves on. */
    public ObjectProperty<Optional<Cell>> lockedCellProperty() {
        return lockedCell;
    }
}
