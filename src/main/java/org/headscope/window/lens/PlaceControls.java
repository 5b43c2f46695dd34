package org.headscope.window.lens;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.window.Workbench;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Fields;

/** Which run is read, and at which position. */
final class PlaceControls {

    private static final double POSITION_WIDTH = 112;

    private final Workbench workbench;
    private final Place place;

    /** A position as the list shows it. */
    private record Position(int index, String label) {

        @Override
        public String toString() {
            return "%s (%d)".formatted(label, index);
        }
    }

    PlaceControls(Workbench workbench, Place place) {
        this.workbench = workbench;
        this.place = place;
    }

    Node run() {
        return Choice.of(List.of(Side.values()), place.sideProperty(), Side::word,
            side -> "Read the %s run".formatted(side.word()));
    }

    /** @param id of the list */
    Node position(String id) {
        ReadOnlyObjectWrapper<List<Position>> offered = new ReadOnlyObjectWrapper<>(List.of());
        ObjectProperty<Position> chosen = new SimpleObjectProperty<>();
        Runnable follow = () -> {
            List<Position> positions = positions();
            offered.set(positions);
            chosen.set(positions.isEmpty() ? null : positions.get(place.within(positions.size())));
        };
        workbench.finishedProperty().addListener((observed, before, now) -> follow.run());
        place.sideProperty().addListener((observed, before, now) -> follow.run());
        place.positionProperty().addListener((observed, before, now) -> follow.run());
        chosen.addListener((observed, before, now) -> {
            int count = offered.get().size();
            // The last one stays the last one when the prompt grows.
            if (now != null && now.index() != place.within(count)) {
                place.positionProperty().set(now.index() == count - 1 ? OptionalInt.empty()
                    : OptionalInt.of(now.index()));
            }
        });
        follow.run();
        return Fields.labelled("after", Fields.list(id, "The position whose next token is read", POSITION_WIDTH,
            offered.getReadOnlyProperty(), chosen));
    }

    private List<Position> positions() {
        List<String> labels = workbench.finishedProperty().get().flatMap(runs -> runs.prompt(place.sideProperty().get()))
            .map(Prompt::labels).orElse(List.of());
        return IntStream.range(0, labels.size()).mapToObj(index -> new Position(index, labels.get(index))).toList();
    }
}
