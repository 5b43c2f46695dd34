package org.headscope.window.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.figure.Csv;
import org.headscope.figure.FigureFile;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Readout;
import org.headscope.session.Document;
import org.headscope.session.ModelNote;
import org.headscope.session.OpenModel;
import org.headscope.session.PictureSession;
import org.headscope.session.Recovery;
import org.headscope.session.Session;
import org.headscope.session.SessionFile;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.Settings;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState.Tab;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsViewModelTest {

    private static final String PREFERENCES = "headscope.preferences";
    private static final Head HEAD = new Head(2, 3);

    @TempDir
    private Path folder;

    private final String node = "org/headscope-test/" + UUID.randomUUID();
    private final Answers answers = new Answers();

    private static final class Answers implements SessionDialogs {

        private Optional<Path> file = Optional.empty();
        private Optional<Path> model = Optional.empty();
        private String suggested = "";

        @Override
        public Optional<Path> chooseSession() {
            return file;
        }

        @Override
        public Optional<Path> saveSession(String suggestedName) {
            suggested = suggestedName;
            return file;
        }

        @Override
        public Optional<Path> saveNotebook(String suggestedName) {
            return file;
        }

        @Override
        public Optional<Path> chooseModelFolder() {
            return model;
        }
    }

    @BeforeEach
    void useOwnSettings() {
        System.setProperty(PREFERENCES, node);
    }

    @AfterEach
    void forgetThem() throws BackingStoreException {
        System.clearProperty(PREFERENCES);
        Preferences.userRoot().node(node).removeNode();
    }

    private SessionsViewModel sessions(TestBench bench) {
        return sessions(bench, Optional.empty());
    }

    private SessionsViewModel sessions(TestBench bench, Optional<Recovery> recovery) {
        return new SessionsViewModel(bench.workbench(), bench.view(), new Settings(), answers, recovery);
    }

    private static void work(TestBench bench) {
        bench.typeClean("Tom went to the store. Sarah");
        bench.typeCorrupt("Tom went to the store. Tom");
        bench.workbench().focus(HEAD, true);
        bench.workbench().edit("", document -> document.withoutPatches().toggled(HEAD, HookPoint.Z)
            .toggled(new Head(1, 1), HookPoint.V));
        bench.workbench().pin(81);
        bench.view().tabProperty().set(Tab.COMPARE);
        bench.view().lockedCellProperty().set(Optional.of(new Cell(6, 2)));
    }

    private static List<Readout> readouts(TestBench bench) {
        return bench.workbench().readoutsProperty().get();
    }

    /** Up to the rounding of a run that goes on from an earlier one. */
    private static void assertSame(List<Readout> now, List<Readout> before) {
        assertThat(now).extracting(Readout::id).isEqualTo(before.stream().map(Readout::id).toList());
        for (int i = 0; i < now.size(); i++) {
            assertThat(now.get(i).clean().orElseThrow().logit()).isCloseTo(before.get(i).clean().orElseThrow().logit(),
                within(1e-5f));
            assertThat(now.get(i).corrupt().logit()).isCloseTo(before.get(i).corrupt().logit(), within(1e-5f));
            assertThat(now.get(i).patched().orElseThrow().logit())
                .isCloseTo(before.get(i).patched().orElseThrow().logit(), within(1e-5f));
        }
    }

    private static String notice(SessionsViewModel sessions) {
        return sessions.noticeProperty().get().map(Notice::text).orElse("");
    }

    private static void take(SessionsViewModel sessions, String offer) {
        sessions.noticeProperty().get().orElseThrow().offers().stream().filter(made -> made.label().equals(offer))
            .findFirst().orElseThrow().run().run();
    }

    @Test
    void aSessionOpenedAgainShowsTheSameNumbers() {
        Path file = folder.resolve("work.headscope");
        List<Readout> before;
        Document document;
        try (TestBench bench = TestBench.tiny()) {
            work(bench);
            answers.file = Optional.of(file);
            sessions(bench).saveAs();
            before = readouts(bench);
            document = bench.workbench().document();
        }
        assertThat(before).isNotEmpty().allSatisfy(readout -> assertThat(readout.patched()).isPresent());

        try (TestBench bench = TestBench.demo()) {
            sessions(bench).open(file);

            assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(Fixture.TINY.model().name());
            assertThat(bench.workbench().document()).isEqualTo(document);
            assertSame(readouts(bench), before);
            assertThat(bench.view().tabProperty().get()).isEqualTo(Tab.COMPARE);
            assertThat(bench.view().lockedCellProperty().get()).contains(new Cell(6, 2));
            assertThat(bench.workbench().canUndoProperty().get()).isFalse();
        }
    }

    @Test
    void theTitleTellsTheFileAndWhetherItWasChanged() {
        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            assertThat(sessions.titleProperty().get()).isEqualTo("Headscope");

            bench.workbench().pin(5);
            assertThat(sessions.titleProperty().get()).isEqualTo("*Untitled – Headscope");
            bench.workbench().undo();
            assertThat(sessions.isChanged()).isFalse();
            bench.workbench().redo();

            answers.file = Optional.of(folder.resolve("mine"));
            sessions.save();
            assertThat(answers.suggested).isEqualTo("session.headscope");
            assertThat(sessions.titleProperty().get()).isEqualTo("mine – Headscope");
            assertThat(folder.resolve("mine.headscope")).exists();

            bench.workbench().pin(6);
            assertThat(sessions.titleProperty().get()).isEqualTo("*mine – Headscope");
            answers.file = Optional.empty();
            sessions.save();
            assertThat(sessions.titleProperty().get()).as("saved where it lies").isEqualTo("mine – Headscope");
            assertThat(new RecentFiles(new Settings()).all()).containsExactly(folder.resolve("mine.headscope"));
        }
    }

    @Test
    void whatTheProgramChoosesByItselfIsNoChange() {
        try (TestBench bench = TestBench.empty()) {
            SessionsViewModel sessions = sessions(bench);

            bench.workbench().open(ModelFolder.DEMO, Processing.TRANSFORMERLENS);

            assertThat(bench.workbench().document().focus()).contains(TestBench.INDUCTION);
            assertThat(sessions.isChanged()).isFalse();
        }
    }

    @Test
    void aMissingModelLeavesThePromptsAndSaysWhatIsMissing() throws IOException {
        Path file = folder.resolve("work.headscope");
        try (TestBench bench = TestBench.tiny()) {
            work(bench);
            answers.file = Optional.of(file);
            sessions(bench).saveAs();
        }
        String model = Fixture.TINY.modelPath().toString();
        Files.writeString(file, Files.readString(file).replace(model, "/nowhere/tiny"));

        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            sessions.open(file);

            assertThat(bench.workbench().document().clean()).isEqualTo("Tom went to the store. Sarah");
            assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
            assertThat(notice(sessions)).startsWith("model is not there, so only the prompts were opened.")
                .contains("/nowhere/tiny");
            assertThat(readouts(bench)).isNotEmpty();

            answers.model = Optional.of(Fixture.TINY.modelPath());
            take(sessions, "Locate model…");

            assertThat(bench.workbench().document().focus()).contains(HEAD);
            assertThat(bench.workbench().document().patches()).hasSize(2);
            assertThat(notice(sessions)).isEmpty();
        }
    }

    @Test
    void aModelOfOtherSizesKeepsOnlyWhatFitsAny() throws IOException {
        Path file = folder.resolve("work.headscope");
        try (TestBench bench = TestBench.tiny()) {
            work(bench);
            answers.file = Optional.of(file);
            sessions(bench).saveAs();
        }
        Files.writeString(file, Files.readString(file).replace("\"layers\": 3", "\"layers\": 4"));

        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            sessions.open(file);

            assertThat(bench.workbench().document().isStaged(HEAD, HookPoint.Z)).isFalse();
            assertThat(notice(sessions)).contains("4 layers × 4 heads", "its heads and tokens were left out");
        }
    }

    @Test
    void anExportedPictureIsOpenedLikeASession() {
        Path picture = folder.resolve("Figure.PNG");
        Document document;
        try (TestBench bench = TestBench.demo()) {
            bench.typeClean("Sarah went to the store. Sarah");
            document = bench.workbench().document();
            Heatmap map = Heatmap.attention("One", "", List.of("BOS"), Matrix.attention(1, new float[] {1}, 0),
                Scale.absolute());
            FigureFile.write(picture, map, Csv.table(map), FigureOptions.usual(),
                PictureSession.texts(sessions(bench).session()));
        }
        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            answers.file = Optional.of(picture);
            sessions.chooseAndOpen();

            assertThat(bench.problem()).isEmpty();
            assertThat(bench.workbench().document()).isEqualTo(document);
            assertThat(sessions.fileProperty().get()).as("a picture is not saved over").isEmpty();
        }
    }

    @Test
    void aSweepThatWasShownIsComputedAgain() {
        Path swept = folder.resolve("swept.headscope");
        Path looked = folder.resolve("looked.headscope");
        try (TestBench bench = TestBench.tiny()) {
            SweepViewModel sweep = new SweepViewModel(bench.workbench());
            SessionsViewModel sessions = sessions(bench);
            sessions.takeSweepFrom(sweep::isWanted, sweep::want);
            work(bench);
            answers.file = Optional.of(looked);
            sessions.saveAs();
            sweep.sweep();
            answers.file = Optional.of(swept);
            sessions.saveAs();
        }
        try (TestBench bench = TestBench.tiny()) {
            SweepViewModel sweep = new SweepViewModel(bench.workbench());
            SessionsViewModel sessions = sessions(bench);
            sessions.takeSweepFrom(sweep::isWanted, sweep::want);
            sessions.open(swept);
            assertThat(sweep.shownProperty().get().orElseThrow().isComplete()).isTrue();
            assertThat(sweep.olderProperty().get()).isFalse();

            sessions.open(looked);
            assertThat(sweep.shownProperty().get()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoSessionLeavesAllAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("other.headscope"), "[1]");
        try (TestBench bench = TestBench.demo()) {
            Document before = bench.workbench().document();

            sessions(bench).open(file);

            assertThat(bench.workbench().document()).isEqualTo(before);
            assertThat(bench.problem()).isEqualTo(file + " was not opened: it is no Headscope session; choose a "
                + "session saved by Headscope.");
        }
    }

    @Test
    void whatIsWorkedOnIsKeptAfterAPauseAndTakenUpAgain() {
        Path home = folder.resolve("state");
        Session kept;
        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench, Optional.of(new Recovery(home)));
            bench.workbench().focus(HEAD, true);
            assertThat(home).doesNotExist();
            bench.background().endPauses();
            assertThat(home).isDirectoryContaining("glob:**running-*.headscope");

            bench.workbench().pin(81);
            sessions.close();
            kept = sessions.session();
        }
        Recovery.Found found = new Recovery(home).find().orElseThrow();
        assertThat(found.session()).isEqualTo(kept);

        try (TestBench bench = TestBench.empty()) {
            SessionsViewModel sessions = sessions(bench);
            sessions.resume(new Recovery.Found(found.session(), Optional.of(folder.resolve("a.headscope")), true),
                bench.workbench().loading(ModelFolder.DEMO, Processing.TRANSFORMERLENS));

            assertThat(bench.workbench().document()).isEqualTo(kept.document());
            assertThat(notice(sessions)).isEqualTo("Headscope ended unexpectedly; this is what you were working on.");
            assertThat(sessions.titleProperty().get()).isEqualTo("*a – Headscope");

            take(sessions, "Start fresh");

            assertThat(bench.workbench().document().clean()).isEqualTo(Document.notebook().clean());
            assertThat(bench.workbench().document().focus()).contains(TestBench.INDUCTION);
            assertThat(notice(sessions)).isEqualTo("What you had changed in a is not saved.");
            assertThat(sessions.titleProperty().get()).isEqualTo("Headscope");
        }
    }

    @Test
    void workThatWasNotSavedComesBackAfterAnotherSession() {
        try (TestBench bench = TestBench.tiny()) {
            SessionsViewModel sessions = sessions(bench);
            work(bench);
            Document before = bench.workbench().document();

            sessions.startFresh();
            assertThat(bench.workbench().document()).isNotEqualTo(before);
            assertThat(notice(sessions)).isEqualTo("What you had changed in the session before is not saved.");

            take(sessions, "Go back");
            assertThat(bench.workbench().document()).isEqualTo(before);
            assertThat(bench.view().tabProperty().get()).isEqualTo(Tab.COMPARE);
            assertThat(sessions.titleProperty().get()).as("still not saved").isEqualTo("*Untitled – Headscope");
            assertThat(notice(sessions)).as("nothing was lost on the way").isEmpty();
        }
    }

    @Test
    void workThatWasNotSavedIsOfferedBesideWhatIsMissing() throws IOException {
        Path file = folder.resolve("work.headscope");
        try (TestBench bench = TestBench.tiny()) {
            work(bench);
            answers.file = Optional.of(file);
            sessions(bench).saveAs();
        }
        Files.writeString(file, Files.readString(file).replace(Fixture.TINY.modelPath().toString(), "/nowhere/tiny"));
        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            bench.workbench().pin(5);
            Document before = bench.workbench().document();

            sessions.open(file);
            assertThat(notice(sessions)).contains("is not there", "is not saved.");
            take(sessions, "Go back");

            assertThat(bench.workbench().document()).isEqualTo(before);
        }
    }

    @Test
    void aResumedSessionWhoseModelIsGoneOpensTheBundledOne() {
        try (TestBench bench = TestBench.empty()) {
            SessionsViewModel sessions = sessions(bench);
            Session session = SessionFile.read(Fixture.resource("/sessions/version-1.headscope")).session();

            sessions.resume(new Recovery.Found(session, Optional.empty(), false),
                bench.workbench().loading("/nowhere", Processing.RAW));

            assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
            assertThat(readouts(bench)).isNotEmpty();
        }
    }

    @Test
    void whatIsKeptWhileAnotherModelIsLoadedNamesTheOneItIsAbout() {
        try (TestBench bench = TestBench.demo()) {
            SessionsViewModel sessions = sessions(bench);
            Optional<ModelNote> demo = bench.model().map(ModelNote::of);
            List<Optional<ModelNote>> seen = new ArrayList<>();

            bench.workbench().open("Loading tiny", () -> {
                assertThat(bench.model()).isEmpty();
                seen.add(sessions.session().model());
                return OpenModel.open(Fixture.TINY.modelPath().toString(), Processing.RAW, TestModels.RUNTIME);
            });

            assertThat(seen).containsExactly(demo);
            assertThat(sessions.session().model()).isEqualTo(bench.model().map(ModelNote::of)).isNotEqualTo(demo);
        }
    }

    /** Whoever quits at once must not lose what the next start would have brought back. */
    @Test
    void aSessionWhoseModelIsStillBeingLoadedIsLeftAsItWas() {
        Path home = folder.resolve("state");
        Path file = folder.resolve("a.headscope");
        Session before;
        try (TestBench bench = TestBench.tiny()) {
            work(bench);
            before = sessions(bench).session();
        }
        try (TestBench bench = TestBench.empty()) {
            SessionsViewModel sessions = sessions(bench, Optional.of(new Recovery(home)));
            bench.background().hold(Lane.MODEL);
            sessions.resume(new Recovery.Found(before, Optional.of(file), false),
                bench.workbench().loading(Fixture.TINY.modelPath().toString(), Processing.TRANSFORMERLENS));
            bench.workbench().pin(5);
            sessions.close();

            Recovery.Found found = new Recovery(home).find().orElseThrow();
            assertThat(found.session()).isEqualTo(before);
            assertThat(found.file()).contains(file);
        }
    }
}
