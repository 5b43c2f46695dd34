package org.headscope.window.workspace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.session.StagedPatch;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.HeatMark;

/** Patches of some cells of the large map: what is staged there, and what staging there does. */
public final class CellPatches {

    private final Workbench workbench;
    private final ViewState view;
    private final WorkspaceViewModel model;
    private final ReadOnlyObjectWrapper<List<HeatMark>> marks = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<Head, List<HeatMark>>> ofHeads = new ReadOnlyObjectWrapper<>(Map.of());

    public CellPatches(Workbench workbench, ViewState view, WorkspaceViewModel model) {
        this.workbench = workbench;
        this.view = view;
        this.model = model;
        Stream.of(workbench.documentProperty(), model.mapsProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> mark()));
    }

    /** What is done to the cells of the map that is shown, by patches that do not concern all of it. */
    public ReadOnlyObjectProperty<List<HeatMark>> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    /** The same of every head of whose cells some are patched. */
    public ReadOnlyObjectProperty<Map<Head, List<HeatMark>>> ofHeadsProperty() {
        return ofHeads.getReadOnlyProperty();
    }

    private void mark() {
        int last = workbench.pairProperty().get().map(pair -> pair.clean().size() - 1).orElse(0);
        ofHeads.set(workbench.document().patches().stream()
            .filter(staged -> staged.on() && staged.head().isPresent() && !staged.site().positions().isAll())
            .collect(Collectors.groupingBy(staged -> staged.head().orElseThrow(),
                Collectors.mapping(staged -> mark(staged, last), Collectors.toUnmodifiableList()))));
        Optional<Head> head = model.mapsProperty().get().flatMap(WorkspaceViewModel.Maps::only);
        marks.set(head.map(shown -> ofHeads.get().getOrDefault(shown, List.of())).orElse(List.of()));
    }

    private HeatMark mark(StagedPatch staged, int last) {
        Site site = staged.site();
        boolean isPattern = site.hook().point() == HookPoint.PATTERN;
        Patch patch = staged.patch(workbench.document().substitution().source());
        boolean struck = isPattern && patch.source().equals(Source.ZERO);
        Positions keys = site.keys().isAll() ? new Positions(0, last) : site.keys();
        Positions positions = site.positions();
        boolean byColumn = isByKey(site.hook().point());
        CellRange cells = byColumn ? new CellRange(0, last, positions.from(), positions.to())
            : new CellRange(positions.from(), positions.to(), keys.from(), keys.to());
        return new HeatMark(cells, struck, struck && patch.strength() == 1 ? "knocked out"
            : "%s patched: %s".formatted(site.hook().point().shortName(), patch.how()));
    }

    /** Whether positions of this part are those of keys: columns of the map. */
    private static boolean isByKey(HookPoint part) {
        return part == HookPoint.K || part == HookPoint.V;
    }

    /**
     * The cells that staging the chosen part there would concern: of a pattern these alone, else whole rows or columns.
     */
    public CellRange reach(CellRange cells) {
        HookPoint part = workbench.document().part();
        int last = workbench.pairProperty().get().map(pair -> pair.clean().size() - 1).orElse(cells.bottom());
        if (part == HookPoint.PATTERN) {
            return cells;
        }
        return isByKey(part) ? new CellRange(0, Math.max(last, cells.bottom()), cells.left(), cells.right())
            : new CellRange(cells.top(), cells.bottom(), 0, Math.max(last, cells.right()));
    }

    /** Sets the attention of these queries to these keys to 0, or leaves it again. */
    public void cut(CellRange cells) {
        withHead(head -> cut(head, cells));
    }

    /** The same of one of several heads. */
    void cut(Head head, CellRange cells) {
        workbench.toggleCut(pattern(head, cells));
    }

    /** The same with the cells that were taken together, else with the chosen one. */
    public void cutChosen() {
        Optional<Cell> cell = view.lockedCellProperty().get().or(view.hoveredCellProperty()::get);
        Optional<CellRange> cells = view.rangeProperty().get().or(() -> cell.map(one -> CellRange.of(one, one)));
        cells.ifPresentOrElse(this::cut, () -> workbench.report("Choose a cell of the map to knock out: click it, or go "
            + "there with the arrows."));
    }

    /** Stages the chosen part of the head at these cells' positions, or takes it away again. */
    public void stage(CellRange cells) {
        withHead(head -> stage(head, cells));
    }

    /** The same of one of several heads. */
    void stage(Head head, CellRange cells) {
        HookPoint part = workbench.document().part();
        Positions rows = new Positions(cells.top(), cells.bottom());
        Positions columns = new Positions(cells.left(), cells.right());
        Site site = part == HookPoint.PATTERN ? pattern(head, cells)
            : Site.head(part, head).at(isByKey(part) ? columns : rows);
        workbench.edit("", document -> document.toggled(site));
    }

    /** Stages the focused head's chosen part: where cells were taken together, there, else at all positions. */
    public void stageChosen() {
        view.rangeProperty().get().ifPresentOrElse(this::stage, workbench::toggleFocusedPatch);
    }

    private static Site pattern(Head head, CellRange cells) {
        return Site.head(HookPoint.PATTERN, head).at(new Positions(cells.top(), cells.bottom()))
            .to(new Positions(cells.left(), cells.right()));
    }

    private void withHead(Consumer<Head> what) {
        model.mapsProperty().get().flatMap(WorkspaceViewModel.Maps::only).ifPresentOrElse(what,
            () -> workbench.report("The map shows several heads; look at one of them to patch its cells."));
    }
}
