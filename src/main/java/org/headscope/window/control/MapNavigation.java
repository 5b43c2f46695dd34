package org.headscope.window.control;

import java.util.Optional;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.headscope.figure.Mark;

/**
 * Coming nearer to a map and moving about in it: by the wheel with Ctrl or by two fingers; by dragging, which draws the
 * part to see while all is seen, or with Shift, and moves the map otherwise; in the small map in the corner; and by a
 * double click back to the whole.
 */
final class MapNavigation {

    private static final double STEP = 1.25;
    /** Of a turn of the wheel, in pixels. */
    private static final double NOTCH = 40;
    private static final double SHORTEST_DRAG = 6;

    private enum Drag {
        NONE, BAND, PAN, MINIMAP
    }

    private final HeatCanvas map;
    private Drag drag = Drag.NONE;
    private double fromX;
    private double fromY;
    private Zoom from = Zoom.WHOLE;

    private MapNavigation(HeatCanvas map) {
        this.map = map;
    }

    static void on(HeatCanvas map) {
        MapNavigation navigation = new MapNavigation(map);
        map.addEventHandler(ScrollEvent.SCROLL, navigation::scroll);
        map.addEventHandler(ZoomEvent.ZOOM, event -> {
            navigation.zoom(event.getZoomFactor(), event.getX(), event.getY());
            event.consume();
        });
        map.addEventFilter(MouseEvent.MOUSE_PRESSED, navigation::press);
        map.addEventFilter(MouseEvent.MOUSE_DRAGGED, navigation::drag);
        map.addEventFilter(MouseEvent.MOUSE_RELEASED, navigation::release);
        map.addEventFilter(MouseEvent.MOUSE_CLICKED, navigation::click);
    }

    private Optional<HeatLayout> layout() {
        return map.layoutNow();
    }

    private Zoom zoom() {
        return map.zoomProperty().get();
    }

    private void scroll(ScrollEvent event) {
        if (event.isShortcutDown()) {
            zoom(Math.pow(STEP, event.getDeltaY() / NOTCH), event.getX(), event.getY());
            event.consume();
        } else if (!zoom().isWhole()) {
            layout().ifPresent(layout -> pan(layout, zoom(), event.getDeltaX(), event.getDeltaY()));
            event.consume();
        }
    }

    private void zoom(double factor, double x, double y) {
        layout().ifPresent(layout -> map.zoomProperty().set(zoom().by(factor, shareX(layout, x), shareY(layout, y),
            map.nearest())));
    }

    /** Where a point lies in all of the map, 0 to 1. */
    private double shareX(HeatLayout layout, double x) {
        return Math.max(0, Math.min(1, zoom().left() + (x - layout.left()) / layout.width() * zoom().side()));
    }

    private double shareY(HeatLayout layout, double y) {
        return Math.max(0, Math.min(1, zoom().top() + (y - layout.top()) / layout.height() * zoom().side()));
    }

    private void pan(HeatLayout layout, Zoom start, double right, double down) {
        map.zoomProperty().set(start.moved(-right / layout.width() * start.side(),
            -down / layout.height() * start.side()));
    }

    // ---- the mouse ----

    private void press(MouseEvent event) {
        Optional<HeatLayout> layout = layout();
        boolean inside = layout.filter(now -> contains(now.area(), event)).isPresent();
        if (event.getButton() != MouseButton.PRIMARY || event.isAltDown() || event.isShortcutDown() || !inside) {
            drag = Drag.NONE;
            return;
        }
        fromX = event.getX();
        fromY = event.getY();
        from = zoom();
        Optional<Minimap> minimap = Minimap.of(layout.get(), from).filter(now -> now.contains(fromX, fromY));
        drag = minimap.isPresent() ? Drag.MINIMAP : from.isWhole() || event.isShiftDown() ? Drag.BAND : Drag.PAN;
        minimap.ifPresent(now -> move(now, event));
    }

    private static boolean contains(Mark.Area area, MouseEvent event) {
        return event.getX() >= area.x() && event.getX() < area.x() + area.width() && event.getY() >= area.y()
            && event.getY() < area.y() + area.height();
    }

    private void move(Minimap minimap, MouseEvent event) {
        map.zoomProperty().set(minimap.centred(from, event.getX(), event.getY()));
        event.consume();
    }

    private void drag(MouseEvent event) {
        Optional<HeatLayout> layout = layout();
        if (drag == Drag.NONE || layout.isEmpty()) {
            return;
        }
        switch (drag) {
            case MINIMAP -> Minimap.of(layout.get(), from).ifPresent(minimap -> move(minimap, event));
            case PAN -> pan(layout.get(), from, event.getX() - fromX, event.getY() - fromY);
            default -> map.showBand(isLong(event) ? Optional.of(band(layout.get(), event)) : Optional.empty());
        }
        event.consume();
    }

    private boolean isLong(MouseEvent event) {
        return Math.hypot(event.getX() - fromX, event.getY() - fromY) >= SHORTEST_DRAG;
    }

    /** As wide as it is high, since a map's cells are. */
    private Mark.Area band(HeatLayout layout, MouseEvent event) {
        double x = Math.max(layout.left(), Math.min(layout.left() + layout.width(), event.getX()));
        double y = Math.max(layout.top(), Math.min(layout.top() + layout.height(), event.getY()));
        double share = Math.max(Math.abs(x - fromX) / layout.width(), Math.abs(y - fromY) / layout.height());
        double width = share * layout.width();
        double height = share * layout.height();
        return new Mark.Area(x < fromX ? fromX - width : fromX, y < fromY ? fromY - height : fromY, width, height);
    }

    private void release(MouseEvent event) {
        if (drag == Drag.BAND && isLong(event)) {
            layout().ifPresent(layout -> {
                Mark.Area band = band(layout, event);
                double side = Math.max(map.nearest(), band.width() / layout.width() * from.side());
                map.zoomProperty().set(new Zoom(shareX(layout, band.x()), shareY(layout, band.y()), side));
            });
        }
        map.showBand(Optional.empty());
    }

    /** The end of a drag, or of something in the corner, chooses no cell; a second click shows the whole. */
    private void click(MouseEvent event) {
        if (drag == Drag.MINIMAP || drag != Drag.NONE && isLong(event)) {
            event.consume();
        } else if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !zoom().isWhole()) {
            map.zoomProperty().set(Zoom.WHOLE);
        }
    }
}
