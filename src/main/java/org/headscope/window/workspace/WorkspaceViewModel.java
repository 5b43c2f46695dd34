package org.headscope.window.workspace;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.headscope.figure.AttentionLines;
import org.headscope.figure.AttentionText;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.Look;
import org.headscope.session.TopShare;
import org.headscope.session.Which;
import org.headscope.window.Finished;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Zoom;
import org.headscope.window.work.Lane;

/** The maps of the head that is looked at, made in the background. */
public final class WorkspaceViewModel {

    /**
     * The maps of one head in each run.
     *
     * @param corrupt empty where there is no corrupt run
     * @param difference empty where the runs cannot be laid over one another
     */
    public record HeadMaps(HeatPicture clean, Optional<HeatPicture> corrupt, Optional<HeatPicture> difference) {

        public Optional<HeatPicture> of(Which which) {
            return switch (which) {
                case CLEAN -> Optional.of(clean);
                case CORRUPT -> corrupt;
                case DIFFERENCE -> difference;
            };
        }
    }

    /** One of several heads that are looked at together, on the scales that all of them share. */
    public record NamedMaps(Head head, HeadMaps maps) {
    }

    /**
     * The maps of one head, or of several in one.
     *
     * @param head that is looked at
     * @param name whose attention they show, such as "L4H1" or "Mean of L0H0, L1H0"
     * @param quantity what a value is, such as "attention pattern"
     * @param top how much of each row they show
     * @param shown of the head, or of all in one
     * @param several the chosen heads, each by itself; empty where they are fewer than two or combined in one
     */
    public record Maps(Head head, Pair pair, String name, String quantity, TopShare top, HeadMaps shown,
                       List<NamedMaps> several) {

        /** More names would not fit into a title. */
        private static final int MOST_NAMED = 3;

        /** The head whose attention the one map shows; empty where it shows that of several in one. */
        public Optional<Head> only() {
            return Optional.of(head).filter(shown -> shown.toString().equals(name));
        }

        /** What a legend calls the values. */
        public String legend(Which which) {
            return legendOfAll(which) + top.note();
        }

        /** Whose attention it is, in full words, such as "Layer 4 head 1, corrupt run". */
        String spoken(Which which) {
            return "%s, %s".formatted(name.equals(head.toString()) ? spoken(head) : name, which.phrase());
        }

        static String spoken(Head head) {
            return "Layer %d head %d".formatted(head.layer(), head.head());
        }

        private String legendOfAll(Which which) {
            if (quantity.equals(MapMaker.PATTERN)) {
                return which == Which.DIFFERENCE ? "Difference" : "Attention";
            }
            return which == Which.DIFFERENCE ? "Difference of " + quantity
                : Character.toUpperCase(quantity.charAt(0)) + quantity.substring(1);
        }

        public HeatPicture clean() {
            return shown.clean();
        }

        /** Empty where there is no corrupt run. */
        public Optional<HeatPicture> corrupt() {
            return shown.corrupt();
        }

        /** Empty where the runs cannot be laid over one another. */
        public Optional<HeatPicture> difference() {
            return shown.difference();
        }

        public Optional<HeatPicture> of(Which which) {
            return shown.of(which);
        }

        /** Whose attention is shown, drawn in this way. */
        public String name(Look look, Which which) {
            if (several.isEmpty() || look == Look.TEXT || look == Look.TABLE
                || look == Look.LINES && which == Which.DIFFERENCE) {
                return name;
            }
            String all = names(several.stream().map(NamedMaps::head).toList());
            List<NamedMap> lines = lines(which);
            return look == Look.MAP || lines.size() == several.size() ? all
                : "%s, of %s".formatted(String.join(", ", lines.stream().map(NamedMap::name).toList()), all);
        }

        /** What is drawn as lines over one another: the first of the chosen heads, or what the one map shows. */
        public List<NamedMap> lines(Which which) {
            List<NamedMap> lines = several.stream().limit(which == Which.DIFFERENCE ? 0 : AttentionLines.MOST)
                .flatMap(one -> one.maps().of(which).stream()
                    .map(picture -> new NamedMap(one.head().toString(), picture.matrix()))).toList();
            return lines.isEmpty() ? of(which).stream().map(picture -> new NamedMap(name, picture.matrix())).toList()
                : lines;
        }

        /** What the lines are drawn on. */
        public Scale lineScale(Which which) {
            HeadMaps drawn = several.isEmpty() || which == Which.DIFFERENCE ? shown : several.get(0).maps();
            return drawn.of(which).orElse(drawn.clean()).shading().scale();
        }

        static String names(List<Head> heads) {
            return heads.size() > MOST_NAMED ? heads.size() + " heads"
                : String.join(", ", heads.stream().map(Head::toString).toList());
        }
    }

    private final Workbench workbench;
    private final ViewState view;
    private final ObservableValue<Theme> theme;
    /** The length that the part that is seen was chosen for. */
    private int zoomedTokens;
    private final ReadOnlyObjectWrapper<Optional<Head>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Maps>> maps = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Optional<AttentionLines.Side>> side = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<OptionalInt> token = new SimpleObjectProperty<>(OptionalInt.empty());
    /** What the maps that are shown, or on their way, are made of. */
    private Optional<MapMaker.Wanted> wanted = Optional.empty();

    public WorkspaceViewModel(Workbench workbench, ViewState view, ObservableValue<Theme> theme) {
        this.workbench = workbench;
        this.view = view;
        this.theme = theme;
        Stream.of(workbench.documentProperty(), view.hoveredHeadProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> choose()));
        Stream.of(workbench.pairProperty(), shown, view.scaleProperty(), view.hideFirstProperty(), theme,
            view.weightProperty(), view.combineProperty(), view.topShareProperty(), view.headSetProperty(),
            workbench.finishedProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> draw()));
        workbench.pairProperty().addListener((observed, before, now) -> letGoOfVanishedTokens());
        choose();
        draw();
    }

    /** The head whose maps are shown: the locked one, else the one under the pointer, else the last one. */
    public ReadOnlyObjectProperty<Optional<Head>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Maps>> mapsProperty() {
        return maps.getReadOnlyProperty();
    }

    /** The token whose lines alone are drawn; empty for those of all. */
    public ObjectProperty<Optional<AttentionLines.Side>> sideProperty() {
        return side;
    }

    /** The token that is singled out on the running text; empty for the last one. */
    public ObjectProperty<OptionalInt> tokenProperty() {
        return token;
    }

    /**
     * What is drawn as lines; empty where there is no such run.
     *
     * @param caption of which prompt and model, for a picture that stands alone
     */
    public Optional<AttentionLines> lines(String caption) {
        Which which = view.whichProperty().get();
        return maps.get().flatMap(now -> now.of(which).map(picture -> new AttentionLines(
            "%s %s, %s".formatted(now.name(Look.LINES, which), now.quantity(), which.phrase()), caption,
            picture.rows(), now.lines(which), now.lineScale(which), now.legend(which), side.get())));
    }

    /**
     * What the running text shows of the token that is singled out; empty where there is no such run.
     *
     * @param caption of which prompt and model, for a picture that stands alone
     */
    public Optional<AttentionText> text(String caption) {
        Which which = view.whichProperty().get();
        return maps.get().flatMap(now -> now.of(which).map(picture -> {
            int last = picture.rows().size() - 1;
            int at = Math.min(last, token.get().orElse(last));
            return new AttentionText("%s %s from and to %s (%d), %s".formatted(now.name(), now.quantity(),
                picture.rows().get(at), at, which.phrase()), caption, picture.rows(), picture.matrix(),
                picture.shading().scale(), now.legend(which), at);
        }));
    }

    private void choose() {
        Document document = workbench.document();
        shown.set(document.locked() ? document.focus() : view.hoveredHeadProperty().get().or(document::focus));
    }

    private void letGoOfVanishedTokens() {
        int tokens = workbench.pairProperty().get().map(pair -> pair.clean().size()).orElse(0);
        view.lockedCellProperty().get().filter(cell -> cell.row() >= tokens || cell.column() >= tokens)
            .ifPresent(cell -> view.lockedCellProperty().set(Optional.empty()));
        if (tokens != zoomedTokens) {
            zoomedTokens = tokens;
            view.zoomProperty().set(Zoom.WHOLE);
        }
        side.set(side.get().filter(one -> one.position() < tokens));
        token.set(token.get().isPresent() && token.get().getAsInt() < tokens ? token.get() : OptionalInt.empty());
    }

    private void draw() {
        Optional<Pair> pair = workbench.pairProperty().get();
        Optional<Head> head = shown.get()
            .filter(h -> pair.isPresent() && h.layer() < pair.get().layers() && h.head() < pair.get().heads());
        if (pair.isEmpty() || head.isEmpty()) {
            workbench.background().drop(Lane.FOCUS);
            wanted = Optional.empty();
            maps.set(Optional.empty());
            return;
        }
        MapMaker maker = new MapMaker(pair.get(), runs(pair.get()), head.get(), view.headSetProperty().get().stream()
            .filter(h -> h.layer() < pair.get().layers() && h.head() < pair.get().heads()).toList(),
            view.weightProperty().get(), view.combineProperty().get(), view.scaleProperty().get(),
            view.hideFirstProperty().get(), view.topShareProperty().get(), theme.getValue());
        if (!maker.isPlain() && maker.runs().isEmpty()) {
            // It takes the whole run, which is on its way; the one before stays until then.
            return;
        }
        Optional<MapMaker.Wanted> now = Optional.of(maker.wanted());
        if (now.equals(wanted)) {
            // A layer more of the run, or its end, changes nothing in a head whose layer is done.
            return;
        }
        wanted = now;
        workbench.background().run(Lane.FOCUS, "Drawing " + head.get(), job -> maker.maps(job.cancellation()),
            made -> maps.set(Optional.of(made)), error -> wanted = Optional.empty());
    }

    private Optional<Finished> runs(Pair pair) {
        return workbench.finishedProperty().get().filter(runs -> runs.pair().number() == pair.number());
    }

    /** The head after or before in reading order, for stepping through all of them. */
    public Optional<Head> neighbour(int step) {
        return workbench.pairProperty().get().flatMap(pair -> workbench.document().focus().map(head -> {
            int count = pair.layers() * pair.heads();
            int place = Math.floorMod(head.layer() * pair.heads() + head.head() + step, count);
            return new Head(place / pair.heads(), place % pair.heads());
        }));
    }

    /** Why two maps cannot be subtracted; empty where they can. */
    public String differenceProblem() {
        return workbench.pairProperty().get().filter(pair -> !pair.isComparable()).map(pair -> pair.corrupt().isEmpty()
            ? "Add a corrupt prompt to compare the two runs."
            : "The clean and the corrupt prompt have %d and %d tokens; a difference needs as many in both."
                .formatted(pair.clean().size(), pair.corrupt().get().size())).orElse("");
    }
}
