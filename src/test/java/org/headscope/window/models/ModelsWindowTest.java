package org.headscope.window.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.weights.hub.FakeHub;
import org.headscope.weights.hub.ModelName;
import org.headscope.window.TestWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models window as a person uses it, beside a hub of its own. */
class ModelsWindowTest {

    private static final String TINY = "owner/tiny";
    private static final String FOUND = """
        [{"id": "owner/tiny", "downloads": 7, "config": {"model_type": "gpt2"}, "safetensors": {"total": 65000}}]
        """;

    private static TestWindow window;

    @TempDir
    private Path folder;

    private FakeHub hub;

    @BeforeAll
    static void open() {
        window = TestWindow.open(1024, 680);
    }

    @AfterAll
    static void close() {
        window.close();
    }

    @BeforeEach
    void publish() throws IOException {
        Path published = Files.createDirectory(folder.resolve("published"));
        ModelCopy.of(Fixture.TINY, published);
        Files.writeString(published.resolve("README.md"), "---\nlicense: mit\n---\nA model of three layers.\n");
        hub = FakeHub.start().publish(TINY, published);
        hub.searched(FOUND);
        window.models().online(hub.address());
    }

    @AfterEach
    void leave() {
        if (isOpen()) {
            window.press(KeyCode.ESCAPE);
            until("closed", () -> !isShowing());
        }
        hub.close();
        if (window.models().get().where(ModelName.parse(TINY)).isPresent()) {
            window.models().get().remove(ModelName.parse(TINY));
        }
    }

    // ---- what a person does and sees ----

    private void openByKey() {
        window.focus("head-grid").press(KeyCode.CONTROL, KeyCode.M);
        until("the list", () -> isShowing() && list().getItems().stream().anyMatch(entry -> entry.name().equals("demo")));
        idle();
    }

    private static void until(String what, Callable<Boolean> condition) {
        window.until(what, condition);
    }

    private static void idle() {
        until("all work done", () -> window.background().activities().isEmpty());
    }

    private static boolean isOpen() {
        return window.fx(ModelsWindowTest::isShowing);
    }

    private static boolean isShowing() {
        return Window.getWindows().stream().anyMatch(ModelsWindowTest::isModels);
    }

    private static boolean isModels(Window shown) {
        return shown instanceof Stage stage && "Models".equals(stage.getTitle());
    }

    private static Stage stage() {
        return (Stage) Window.getWindows().stream().filter(ModelsWindowTest::isModels).findFirst().orElseThrow();
    }

    private static <T extends Node> T part(String id, Class<T> type) {
        return type.cast(Objects.requireNonNull(stage().getScene().getRoot().lookup("#" + id), id));
    }

    @SuppressWarnings("unchecked")
    private static ListView<ModelEntry> list() {
        return part("models-list", ListView.class);
    }

    private static String said(String id) {
        return window.fx(() -> {
            Labeled label = part(id, Labeled.class);
            return label.isVisible() ? label.getText() : "";
        });
    }

    private static String chosen() {
        return window.fx(() -> list().getSelectionModel().getSelectedItem().name());
    }

    private static void choose(String name) {
        window.fxRun(() -> {
            ListView<ModelEntry> list = list();
            ModelEntry entry = list.getItems().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
            list.getSelectionModel().select(entry);
            list.scrollTo(entry);
            list.requestFocus();
        });
    }

    private void search(String text) {
        window.robot().clickOn("#models-search").push(KeyCode.CONTROL, KeyCode.A).write(text, 0).push(KeyCode.ENTER);
        idle();
    }

    /** Looks for the small model, and at it. */
    private void look() {
        openByKey();
        search("tiny");
        // Away from what an earlier test left it at.
        choose("demo");
        choose(TINY);
        window.click("models-look");
        until("an offer", () -> part("models-licence", Label.class).isVisible());
    }

    /** Fetches it, but only its beginning comes. */
    private void fetchHalf() {
        hub.stallFirst(200_000);
        look();
        window.click("models-fetch");
        until("half of it", () -> part("models-progress", ProgressBar.class).getProgress() > 0.05);
    }

    private static List<String> facts() {
        return window.fx(() -> part("models-details", Node.class).lookupAll(".label").stream().filter(Node::isVisible)
            .map(label -> ((Label) label).getText()).toList());
    }

    // ---- tests ----

    @Test
    void keysOpenChooseAndClose() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        ModelCopy.of(Fixture.TINY, own);
        window.models().get().folders().add(own);
        openByKey();
        assertThat(window.fx(() -> list().getItems().stream().map(ModelEntry::name).toList()))
            .startsWith("demo", own.toString()).contains("gpt2", "gpt2-xl", "distilgpt2");

        choose("demo");
        assertThat(facts()).contains("4 layers of 4 heads, width 160, prompts of up to 256 tokens", "Comes with Headscope");
        window.press(KeyCode.DOWN);
        assertThat(chosen()).isEqualTo(own.toString());
        window.press(KeyCode.ENTER);
        until("the folder's model", () -> window.workbench().modelProperty().get()
            .filter(model -> model.folder().path().equals(own)).isPresent());
        until("closed", () -> !isShowing());
        idle();

        openByKey();
        window.press(KeyCode.ESCAPE);
        until("closed by Esc", () -> !isShowing());
        openByKey();
        choose("demo");
        window.press(KeyCode.ENTER);
        until("the bundled model", () -> window.workbench().modelProperty().get()
            .filter(model -> model.folder().name().equals("demo")).isPresent());
        window.models().get().folders().forget(own);
        idle();
    }

    @Test
    void licenceCardAndSizeComeBeforeTheFetching() {
        look();

        assertThat(said("models-searched")).isEqualTo("1 GPT-2 found.");
        assertThat(said("models-licence")).isEqualTo("Licence: mit");
        assertThat(said("models-card")).isEqualTo("A model of three layers.");
        assertThat(facts()).anyMatch(line -> line.endsWith("to fetch")).anyMatch(line -> line.contains("in memory"));
        assertThat(hub.paths("GET")).noneMatch(path -> path.endsWith(".safetensors"));

        window.click("models-fetch");
        until("the model", () -> part("models-said", Label.class).getText().equals("owner/tiny is here."));
        idle();
        assertThat(chosen()).isEqualTo(TINY);
        assertThat(window.fx(() -> part("models-open", Button.class).isDefaultButton())).isTrue();
        choose("demo");
        window.click("models-open");
        until("the bundled model", () -> window.workbench().modelProperty().get()
            .filter(model -> model.folder().name().equals("demo")).isPresent() && !isShowing());
        idle();
    }

    @Test
    void whatIsBeingFetchedShowsHowFarItIsPausesAndGoesOn() {
        fetchHalf();
        assertThat(said("models-progress-line")).contains(" kB of ");
        assertThat(window.fx(() -> {
            list().scrollTo(list().getSelectionModel().getSelectedIndex());
            list().layout();
            return list().lookupAll(".label").stream().map(label -> ((Label) label).getText()).toList();
        })).anyMatch(text -> text.matches("\\d+ %"));

        window.click("models-pause");
        until("paused", () -> part("models-progress-line", Label.class).getText().endsWith("are here"));
        idle();
        assertThat(chosen()).isEqualTo(TINY);

        window.click("models-resume");
        until("the model", () -> part("models-said", Label.class).getText().equals("owner/tiny is here."));
        assertThat(window.models().get().where(ModelName.parse(TINY))).isPresent();
        idle();

        window.click("models-remove");
        assertThat(said("models-question")).startsWith("Remove owner/tiny from this machine?");
        window.click("models-remove-now");
        until("removed", () -> part("models-said", Label.class).getText()
            .matches("owner/tiny is removed; \\d+ kB are free again\\."));
        assertThat(window.models().get().where(ModelName.parse(TINY))).isEmpty();
    }

    @Test
    void cancellingDeletesWhatHasArrived() {
        fetchHalf();

        window.click("models-cancel");

        until("cancelled", () -> part("models-said", Label.class).getText()
            .matches("owner/tiny is not fetched; \\d+ kB are free again\\."));
        assertThat(window.models().get().cache().resolve("models--owner--tiny")).doesNotExist();
    }

    @Test
    void withoutANetworkItSaysSoAndOffersWhatIsHere() {
        window.models().offline();
        openByKey();

        assertThat(said("models-offline")).startsWith("HF_HUB_OFFLINE is set");
        assertThat(window.fx(() -> part("models-search", Node.class).isDisabled())).isTrue();
        choose("gpt2");
        assertThat(window.fx(() -> part("models-look", Button.class).isDisabled())).isTrue();
        window.press(KeyCode.ENTER);
        choose("demo");
        assertThat(window.fx(() -> part("models-open", Button.class).isDisabled())).isFalse();
        assertThat(hub.paths()).isEmpty();
    }

    @Test
    void nothingFoundAndNothingThereAreSentences() {
        openByKey();
        hub.searched("[]");
        search("nothing");
        assertThat(said("models-searched")).isEqualTo("No GPT-2 on the hub has “nothing” in its name.");

        search("owner/none");
        choose("owner/none");
        window.press(KeyCode.ENTER);
        until("a sentence", () -> part("models-problem", Label.class).getText().contains("no model owner/none"));

        hub.searched("<html>");
        search("tiny");
        assertThat(said("models-searched")).contains("does not answer a search").endsWith(".");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedAndTheNextTrySucceeds() throws IOException {
        look();
        Path taken = Files.writeString(folder.resolve("file"), "no folder");
        window.models().cacheIn(taken);
        window.click("models-fetch");
        until("a sentence", () -> part("models-progress-line", Label.class).getText().contains(taken.toString()));

        window.models().cacheAtHome();
        window.click("models-resume");
        until("the model", () -> part("models-said", Label.class).getText().equals("owner/tiny is here."));
    }

    @Test
    void itIsDarkWhereTheWindowIs() {
        openByKey();
        double light = brightness();
        window.fxRun(() -> window.window().appearance().setDark(true));
        double dark = brightness();
        window.fxRun(() -> window.window().appearance().setDark(false));

        assertThat(light).isGreaterThan(0.85);
        assertThat(dark).isLessThan(0.25);
    }

    private static double brightness() {
        WritableImage picture = window.fx(() -> stage().getScene().snapshot(null));
        double sum = 0;
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y += 5) {
            for (int x = 0; x < picture.getWidth(); x += 5) {
                Color color = picture.getPixelReader().getColor(x, y);
                sum += color.getBrightness();
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void itFitsTheSmallestScreenWithNothingCut() {
        look();

        assertThat(window.fx(() -> stage().getWidth())).isLessThanOrEqualTo(1024);
        assertThat(window.fx(() -> stage().getHeight())).isLessThanOrEqualTo(680);
        window.fxRun(() -> {
            stage().setWidth(stage().getMinWidth());
            stage().setHeight(stage().getMinHeight());
        });
        until("smallest", () -> stage().getWidth() == stage().getMinWidth());
        assertThat(window.fx(() -> cut(stage().getScene().getRoot()))).isEmpty();
    }

    private static boolean isSeen(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    /** Texts that end in dots. */
    private static List<String> cut(Node root) {
        return Stream.concat(root.lookupAll(".button").stream(), root.lookupAll(".label").stream())
            .filter(ModelsWindowTest::isSeen).map(Labeled.class::cast).filter(label -> label.getWidth() > 0
                && label.lookup(".text") instanceof Text text && !text.getText().equals(label.getText()))
            .map(Labeled::getText).toList();
    }
}
