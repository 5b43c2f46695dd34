package org.headscope.window.tour;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Overlay;
import org.headscope.window.control.Parts;

/** The tour over the window: a ring around the control that is talked about, and a card beside it. */
public final class TourView extends Pane implements Overlay {

    /** As wide as the inspector less a gap, which is what a person needs least. */
    private static final double WIDTH = 304;
    private static final double NARROW_WIDTH = 264;
    /** Of the window, below which the inspector has no room for more. */
    private static final double NARROW = 1180;
    private static final double GAP = 12;
    private static final double RING = 4;
    /** Covering what the ring is around is so much worse than covering the other control. */
    private static final double TARGET_COUNTS = 4;

    private final TourViewModel model;
    private final Region ring = new Region();
    private final Label place = Parts.label("", "muted", "small");
    private final Label title = Parts.label("", "title");
    private final Label text = Parts.label("");
    private final Button back = button("tour-back", "Back", "The step before");
    private final Button next = button("tour-next", "Next", "The next step");
    private final Button putBack = button("tour-put-back", "Put everything back", "As it was before the tour");
    private final Button keep = button("tour-keep", "Keep this", "Go on from here");
    private final VBox card;
    private final Runnable follow = this::place;

    public TourView(TourViewModel model) {
        this.model = model;
        setId("tour");
        setPickOnBounds(false);
        setVisible(false);
        ring.getStyleClass().add("tour-ring");
        ring.setMouseTransparent(true);
        ring.setManaged(false);
        card = card();
        card.setManaged(false);
        getChildren().addAll(ring, card);
        model.stepProperty().addListener((observed, before, now) -> show(before, now));
        text.textProperty().bind(model.textProperty());
        back.setOnAction(event -> model.back());
        next.setOnAction(event -> model.next());
        putBack.setOnAction(event -> model.leave(false));
        keep.setOnAction(event -> model.leave(true));
    }

    private static Button button(String id, String label, String what) {
        Button button = Parts.named(new Button(label), what);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private VBox card() {
        title.setId("tour-title");
        text.setId("tour-text");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        next.getStyleClass().add("accent");
        keep.getStyleClass().add("accent");
        Label leave = Parts.label("Esc puts everything back", "muted", "small");
        leave.setWrapText(true);
        leave.setMinHeight(USE_PREF_SIZE);
        Stream.of(back, next, putBack, keep, leave).forEach(node -> node.managedProperty()
            .bind(node.visibleProperty()));
        leave.visibleProperty().bind(keep.visibleProperty().not());
        HBox buttons = new HBox(8, leave, Parts.spacer(), back, putBack, next, keep);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox made = new VBox(8, place, title, text, buttons);
        made.setId("tour-card");
        made.getStyleClass().addAll("card", "tour-card");
        return made;
    }

    // ---- steps ----

    /** Begins, now that it is in its window, where the tour has begun already. */
    public void start() {
        if (model.isRunning()) {
            show(Optional.empty(), model.stepProperty().get());
        }
    }

    private void show(Optional<TourStep> before, Optional<TourStep> now) {
        setVisible(now.isPresent());
        if (before.isEmpty() && now.isPresent()) {
            getScene().addPostLayoutPulseListener(follow);
        } else if (now.isEmpty()) {
            getScene().removePostLayoutPulseListener(follow);
            target("head-grid").ifPresent(Node::requestFocus);
        }
        now.ifPresent(this::show);
    }

    private void show(TourStep step) {
        place.setText("Tour, step %d of %d".formatted(step.ordinal() + 1, TourStep.values().length));
        title.setText(step.title());
        back.setVisible(!step.isFirst() && !step.isLast());
        next.setVisible(!step.isLast());
        putBack.setVisible(step.isLast());
        keep.setVisible(step.isLast());
        Node keys = switch (step) {
            case GUESS, RESULT -> target(step.target()).orElse(next);
            case END -> keep;
            default -> next;
        };
        applyCss();
        keys.requestFocus();
        requestLayout();
        card.setAccessibleText(title.getText());
    }

    @Override
    public boolean isOpen() {
        return model.isRunning();
    }

    @Override
    public void close() {
        model.leave(false);
    }

    // ---- places ----

    private Optional<Node> target(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.ofNullable(getScene().getRoot().lookup("#" + id));
    }

    /** Once all else has its place; what has moved is seen in the next pulse. */
    private void place() {
        model.stepProperty().get().ifPresent(step -> {
            Optional<Bounds> shown = seen(step.target());
            ring.setVisible(shown.isPresent());
            shown.ifPresent(bounds -> ring.resizeRelocate(bounds.getMinX() - RING, bounds.getMinY() - RING,
                bounds.getWidth() + 2 * RING, bounds.getHeight() + 2 * RING));
            double width = getWidth() < NARROW ? NARROW_WIDTH : WIDTH;
            card.resize(width, card.prefHeight(width));
            List<Bounds> others = step.others().stream().flatMap(id -> seen(id).stream()).toList();
            Bounds at = shown.map(bounds -> beside(bounds, others)).orElseGet(this::inTheMiddle);
            card.relocate(Math.round(at.getMinX()), Math.round(at.getMinY()));
        });
    }

    /** Where a control is seen; empty where it is not. */
    private Optional<Bounds> seen(String id) {
        return target(id).filter(TourView::isSeen).map(this::seen)
            .filter(bounds -> bounds.getWidth() > 0 && bounds.getHeight() > 0);
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** A control's part that scrolling and the window's edge leave. */
    private Bounds seen(Node node) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at.getStyleClass().contains("viewport")) {
                bounds = common(bounds, at.localToScene(at.getLayoutBounds()));
            }
        }
        return common(bounds, new BoundingBox(RING, RING, getWidth() - 2 * RING, getHeight() - 2 * RING));
    }

    private static Bounds common(Bounds one, Bounds other) {
        double x = Math.max(one.getMinX(), other.getMinX());
        double y = Math.max(one.getMinY(), other.getMinY());
        return new BoundingBox(x, y, Math.max(0, Math.min(one.getMaxX(), other.getMaxX()) - x),
            Math.max(0, Math.min(one.getMaxY(), other.getMaxY()) - y));
    }

    /**
     * Right of it, left of it, below or above, at the window's right edge or in a corner: where it covers least of
     * what is spoken of, of several such places the first.
     */
    private Bounds beside(Bounds target, List<Bounds> others) {
        double height = card.getHeight();
        double width = card.getWidth();
        double lowest = getHeight() - height - GAP;
        double rightmost = getWidth() - width - GAP;
        double y = Math.max(GAP, Math.min(target.getMinY(), lowest));
        double x = Math.max(GAP, Math.min(target.getMinX(), rightmost));
        double away = RING + GAP;
        return Stream.of(at(target.getMaxX() + away, y), at(target.getMinX() - away - width, y),
                at(target.getMaxX() + away, lowest), at(target.getMinX() - away - width, lowest),
                at(x, target.getMaxY() + away), at(x, target.getMinY() - away - height),
                at(rightmost, target.getMaxY() + away), at(rightmost, y), at(rightmost, lowest), at(GAP, lowest),
                at(rightmost, GAP), at(GAP, GAP))
            .filter(place -> place.getMinX() >= 0 && place.getMinY() >= 0 && place.getMaxX() <= getWidth()
                && place.getMaxY() <= getHeight())
            .min(Comparator.comparingDouble(place -> TARGET_COUNTS * area(common(place, target))
                + others.stream().mapToDouble(bounds -> area(common(place, bounds))).sum()))
            .orElseGet(() -> at(rightmost, lowest));
    }

    private static double area(Bounds bounds) {
        return bounds.getWidth() * bounds.getHeight();
    }

    private Bounds inTheMiddle() {
        return at((getWidth() - card.getWidth()) / 2, (getHeight() - card.getHeight()) / 2);
    }

    private Bounds at(double x, double y) {
        return new BoundingBox(x, y, card.getWidth(), card.getHeight());
    }
}
