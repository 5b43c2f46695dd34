package org.headscope.window;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/** Drops files on a window as a file manager does. */
final class FileDrops {

    private FileDrops() {
    }

    /** Drops files together and waits for what comes of it; whether the window takes them. */
    static boolean drop(TestWindow window, Path... files) {
        boolean taken = window.fx(() -> {
            Dragboard board = DragboardHelper.createDragboard(holding(Stream.of(files).map(Path::toFile).toList()));
            DragEvent over = event(window, DragEvent.DRAG_OVER, board);
            Event.fireEvent(window.stage().getScene(), over);
            DragEvent dropped = event(window, DragEvent.DRAG_DROPPED, board);
            Event.fireEvent(window.stage().getScene(), dropped);
            return over.isAccepted() && dropped.isDropCompleted();
        });
        window.until("the drop", () -> window.background().activities().isEmpty());
        return taken;
    }

    /** Drags files over a window, and keeps them there. */
    static void hold(TestWindow window, Path... files) {
        window.fxRun(() -> Event.fireEvent(window.stage().getScene(), event(window, DragEvent.DRAG_OVER,
            DragboardHelper.createDragboard(holding(Stream.of(files).map(Path::toFile).toList())))));
    }

    /** Takes away again what was dragged over a window. */
    static void leave(TestWindow window) {
        window.fxRun(() -> Event.fireEvent(window.stage().getScene(), event(window, DragEvent.DRAG_EXITED,
            DragboardHelper.createDragboard(holding(List.of())))));
    }

    /** What a file manager offers while it drags files; the toolkit's own clipboard is for drags within the program. */
    private static TKClipboard holding(List<File> files) {
        return (TKClipboard) Proxy.newProxyInstance(TKClipboard.class.getClassLoader(),
            new Class<?>[] {TKClipboard.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "getTransferModes" -> Set.of(TransferMode.COPY);
                case "getContentTypes" -> Set.of(DataFormat.FILES);
                case "hasContent" -> arguments[0] == DataFormat.FILES;
                case "getContent" -> arguments[0] == DataFormat.FILES ? files : null;
                default -> null;
            });
    }

    private static DragEvent event(TestWindow window, EventType<DragEvent> type, Dragboard board) {
        return new DragEvent(null, window.stage().getScene(), type, board, 100, 100, 100, 100, TransferMode.COPY, null,
            null, null);
    }
}
