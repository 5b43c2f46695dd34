package org.headscope.window.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.Offer;
import org.headscope.weights.hub.StoredModel;
import org.headscope.window.control.Fields;
import org.headscope.window.control.Parts;
import org.headscope.window.models.ModelsViewModel.Step;

/** What is known of the chosen model, and what can be done with it. */
final class DetailsPane extends VBox {

    private final ModelsViewModel model;
    private final Label title = Parts.label("", "title");
    private final VBox facts = new VBox(4);
    private final Label warning = Parts.label("", "small", "warned");
    private final TextField revision = new TextField();
    private final HBox revisionLine = Fields.labelled("Revision", revision);
    private final HBox buttons = new HBox(8);
    private final Label question = Parts.label("");
    private final ProgressBar bar = new ProgressBar();
    private final Label progress = Parts.label("", "small");
    private final VBox moving = new VBox(4, bar, progress);
    private final Label licence = Parts.label("", "strong");
    private final Label card = Parts.label("");
    private final ScrollPane cardScroll = new ScrollPane(card);
    private final Label empty = Parts.label("Choose a model to see what it is, to open it or to fetch it.",
        "empty-state");

    DetailsPane(ModelsViewModel model) {
        super(12);
        this.model = model;
        setId("models-details");
        getStyleClass().add("models-details");
        build();
        model.stepProperty().addListener((observed, before, now) -> show());
        model.chosenProperty().addListener((observed, before, now) -> show());
        model.fetchesProperty().addListener((observed, before, now) -> showProgress());
        model.offlineProperty().addListener((observed, before, now) -> show());
        model.memoryProperty().addListener((observed, before, now) -> show());
        show();
    }

    private void build() {
        title.setId("models-title");
        title.setWrapText(true);
        revision.setId("models-revision");
        revision.setPrefColumnCount(14);
        revision.textProperty().bindBidirectional(model.revisionProperty());
        revision.setOnAction(event -> model.look());
        buttons.setAlignment(Pos.CENTER_LEFT);
        question.setId("models-question");
        question.setWrapText(true);
        bar.setId("models-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        progress.setId("models-progress-line");
        progress.setWrapText(true);
        licence.setId("models-licence");
        card.setId("models-card");
        card.setWrapText(true);
        cardScroll.setFitToWidth(true);
        cardScroll.getStyleClass().add("models-card");
        cardScroll.setAccessibleText("What its makers say");
        VBox.setVgrow(cardScroll, Priority.ALWAYS);
        empty.setAlignment(Pos.CENTER);
        empty.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        VBox.setVgrow(empty, Priority.ALWAYS);
        Label problem = Parts.note(model.problemProperty(), "problem");
        problem.setId("models-problem");
        Label said = Parts.note(model.saidProperty(), "small");
        said.setId("models-said");
        warning.setId("models-warning");
        warning.setWrapText(true);
        getChildren().addAll(empty, title, facts, warning, revisionLine, question, buttons, moving, problem, said, licence,
            cardScroll);
        for (Node line : getChildren()) {
            if (line instanceof Region region && region != cardScroll) {
                region.setMinHeight(Region.USE_PREF_SIZE);
            }
        }
    }

    // ---- what is shown ----

    private void show() {
        Step step = model.stepProperty().get();
        Optional<ModelEntry> chosen = model.chosenProperty().get();
        only(empty, chosen.isEmpty());
        Stream.of(title, facts).forEach(part -> only(part, chosen.isPresent()));
        chosen.ifPresent(this::describe);
        only(warning, chosen.isPresent() && !warning.getText().isEmpty());
        boolean canAsk = step == Step.KNOWN || step == Step.ASKING;
        only(revisionLine, canAsk && chosen.filter(ModelEntry::hasRevisions).isPresent());
        only(question, step == Step.REMOVING);
        buttons.getChildren().setAll(chosen.map(entry -> buttons(step, entry)).orElse(List.of()));
        Optional<Offer> offer = model.offerProperty().get().filter(made -> step == Step.OFFERED);
        only(licence, offer.isPresent());
        only(cardScroll, offer.isPresent());
        offer.ifPresent(this::show);
        showProgress();
    }

    private static void only(Node part, boolean isShown) {
        part.setVisible(isShown);
        part.setManaged(isShown);
    }

    private void describe(ModelEntry entry) {
        title.setText(entry.name());
        boolean checkpoints = entry.hasCheckpoints();
        ((Label) revisionLine.getChildren().get(0)).setText(checkpoints ? "Checkpoint" : "Revision");
        revision.setPromptText(checkpoints ? "the last, or such as 1000" : "main");
        revision.setAccessibleText(checkpoints ? "Checkpoint: the number of a training step"
            : "Revision: a branch, a tag or a commit");
        question.setText(entry.here().map(here -> "Remove %s from this machine? About %s become free.".formatted(
            entry.name(), KnownModel.readable(here.bytes()))).orElse(""));
        List<String> lines = new ArrayList<>();
        model.offerProperty().get().map(Offer::config).or(entry::config).ifPresentOrElse(
            config -> lines.addAll(sizes(config)), () -> lines.add(entry.remark()));
        // Numbers stay beside their units.
        warning.setText(model.offerProperty().get().map(Offer::config).or(entry::config).map(model::warning).orElse("")
            .replaceAll("(\\d) (?=[kMG]B)", "$1\u00a0"));
        lines.add(room(entry));
        entry.here().map(DetailsPane::place).ifPresent(lines::add);
        facts.getChildren().setAll(lines.stream().filter(line -> !line.isEmpty()).map(line -> {
            Label label = Parts.label(line, "note");
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
            return label;
        }).toList());
    }

    private static List<String> sizes(Gpt2Config config) {
        return List.of("%d layers of %d heads, width %,d, prompts of up to %,d tokens".formatted(config.layers(),
            config.heads(), config.width(), config.positions()), "%s; about %s in memory while it is open".formatted(
            ModelEntry.parameters(config.parameters()), KnownModel.readable(KnownModel.memory(config))));
    }

    private String room(ModelEntry entry) {
        Optional<Offer> offer = model.offerProperty().get();
        if (offer.isPresent()) {
            return offer.get().missing() == offer.get().bytes() ? KnownModel.readable(offer.get().bytes()) + " to fetch"
                : "%s, of which %s are to be fetched".formatted(KnownModel.readable(offer.get().bytes()),
                    KnownModel.readable(offer.get().missing()));
        }
        return entry.size().isEmpty() ? "" : entry.size() + (entry.group() == ModelEntry.Group.HERE ? " on disk"
            : entry.group() == ModelEntry.Group.BEGUN ? " of it on disk" : " to fetch");
    }

    private static String place(StoredModel here) {
        return switch (here.source()) {
            case BUNDLED -> "Comes with Headscope";
            case CACHE -> "In Hugging Face's cache: " + here.path();
            case FOLDER -> "A folder of your own that was opened before: " + here.path();
        };
    }

    private void show(Offer offer) {
        licence.setText("Licence: " + offer.licence().orElse("not stated"));
        card.setText(offer.text().isEmpty() ? "Its makers say nothing about it." : offer.text());
        cardScroll.setVvalue(0);
    }

    private void showProgress() {
        Optional<Fetch> fetch = model.fetch();
        Step step = model.stepProperty().get();
        only(moving, fetch.isPresent() || step == Step.ASKING);
        bar.setProgress(fetch.map(now -> now.isRunning() || now.share() >= 0 ? now.share() : 0)
            .orElse(ProgressBar.INDETERMINATE_PROGRESS));
        progress.setText(fetch.map(now -> now.problem().isEmpty() ? now.line()
            : now.problem()).orElse("Asking the hub"));
        progress.getStyleClass().removeAll("problem");
        if (step == Step.FAILED) {
            progress.getStyleClass().add("problem");
        }
    }

    // ---- what can be done ----

    private List<Button> buttons(Step step, ModelEntry entry) {
        return switch (step) {
            case NOTHING -> List.of();
            case HERE -> here(entry);
            case REMOVING -> List.of(button("remove-now", "Remove", "Remove it from this machine", model::remove, "danger"),
                button("keep", "Keep", "Keep it", model::leave));
            case KNOWN -> List.of(disabledOffline(main("look", "Fetch…",
                "Ask the hub for its licence, card and size, before anything is fetched", model::look)));
            case ASKING -> List.of(button("leave", "Stop", "Stop asking", model::leave));
            case OFFERED -> List.of(main("fetch", fetchWords(), "Fetch it from the hub", model::fetchOffered),
                button("leave", "Not now", "Fetch nothing", model::leave));
            case FETCHING -> List.of(main("pause", "Pause", "Stop for now; what has arrived is kept", model::pause),
                cancel());
            case PAUSED -> entry.here().isPresent() || model.fetch().isPresent()
                ? List.of(disabledOffline(main("resume", "Resume", "Go on where it stopped", model::resume)), cancel())
                : List.of();
            case FAILED -> List.of(disabledOffline(main("resume", "Try again", "Go on where it stopped", model::resume)),
                cancel());
        };
    }

    private String fetchWords() {
        return model.offerProperty().get().filter(offer -> offer.missing() > 0)
            .map(offer -> "Fetch " + KnownModel.readable(offer.missing())).orElse("Fetch");
    }

    private List<Button> here(ModelEntry entry) {
        StoredModel here = entry.here().orElseThrow();
        Button open = main("open", "Open", "Look at it in the window", model::open);
        return switch (here.source()) {
            case BUNDLED -> List.of(open);
            case CACHE -> List.of(open, button("remove", "Remove…", "Remove it from this machine", model::askToRemove));
            case FOLDER -> List.of(open, button("remove", "Forget", "Leave it out of this list; the folder stays",
                model::askToRemove));
        };
    }

    private Button cancel() {
        return button("cancel", "Cancel", "Stop, and delete what has arrived", model::cancel);
    }

    private Button disabledOffline(Button button) {
        button.setDisable(model.offlineProperty().get());
        return button;
    }

    private static Button main(String id, String text, String what, Runnable action) {
        Button button = button(id, text, what, action, "accent");
        button.setDefaultButton(true);
        return button;
    }

    private static Button button(String id, String text, String what, Runnable action, String... styles) {
        Button button = Parts.named(new Button(text), what);
        button.setId("models-" + id);
        button.getStyleClass().addAll(styles);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }
}
