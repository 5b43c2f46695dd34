package org.headscope.window;

import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.headscope.window.control.Overlay;
import org.headscope.window.lens.LensTab;
import org.headscope.window.statusbar.StatusViewModel;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.workspace.Workspace;

/**
 * Lets go of the innermost thing that is held: what is open over the window, a path that is drawn, the cell, the chosen
 * heads, the head, the work that is going on.
 */
final class StepOut {

    private final Workbench workbench;
    private final ViewState view;
    private final List<Overlay> overlays;
    private final Workspace workspace;
    private final LensTab lens;
    private final PathViewModel paths;
    private final StatusViewModel status;

    StepOut(Workbench workbench, ViewState view, List<Overlay> overlays, Workspace workspace, LensTab lens,
            PathViewModel paths, StatusViewModel status) {
        this.workbench = workbench;
        this.view = view;
        this.overlays = List.copyOf(overlays);
        this.workspace = workspace;
        this.lens = lens;
        this.paths = paths;
        this.status = status;
        passThroughTips();
    }

    /** Has tooltips and notes that stand let the key through which they close at; menus and lists keep it. */
    private static void passThroughTips() {
        Window.getWindows().addListener((ListChangeListener<Window>) change -> {
            while (change.next()) {
                change.getAddedSubList().stream().filter(PopupWindow.class::isInstance).map(PopupWindow.class::cast)
                    .filter(popup -> !popup.isAutoHide()).forEach(tip -> tip.setConsumeAutoHidingEvents(false));
            }
        });
    }

    void once() {
        Optional<Overlay> open = overlays.stream().filter(Overlay::isOpen).findFirst();
        if (open.isPresent()) {
            open.get().close();
            return;
        }
        if (paths.cancel() || workspace.closeFind() || letGoOfCell() || letGoOfSet()) {
            return;
        }
        if (workbench.document().locked()) {
            workbench.unlock();
        } else {
            status.cancel();
        }
    }

    private boolean letGoOfCell() {
        if (view.rangeProperty().get().isPresent()) {
            view.rangeProperty().set(Optional.empty());
            return true;
        }
        if (view.tabProperty().get() != ViewState.Tab.COMPARE && workspace.letGo()) {
            return true;
        }
        if (view.tabProperty().get() == ViewState.Tab.LENS && lens.letGo()) {
            return true;
        }
        boolean held = view.lockedCellProperty().get().isPresent();
        view.lockedCellProperty().set(Optional.empty());
        return held;
    }

    private boolean letGoOfSet() {
        boolean held = !view.headSetProperty().get().isEmpty();
        view.headSetProperty().set(List.of());
        return held;
    }
}
