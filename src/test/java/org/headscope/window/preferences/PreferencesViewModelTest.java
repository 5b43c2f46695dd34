package org.headscope.window.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.headscope.figure.Colors;
import org.headscope.model.Wish;
import org.headscope.window.Settings;
import org.headscope.window.TestBench;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person likes is remembered, and takes effect. */
class PreferencesViewModelTest {

    private static final String NODE = "headscope.preferences";

    private final String node = "org/headscope-test/" + UUID.randomUUID();
    private final TestBench bench = TestBench.empty();
    private String former;

    @BeforeEach
    void rememberElsewhere() {
        former = System.getProperty(NODE);
        System.setProperty(NODE, node);
    }

    @AfterEach
    void forget() throws BackingStoreException {
        // All tests share the engine's runtime.
        bench.workbench().setWish(Wish.CPU);
        Preferences.userRoot().node(node).removeNode();
        if (former == null) {
            System.clearProperty(NODE);
        } else {
            System.setProperty(NODE, former);
        }
    }

    private PreferencesViewModel open(boolean systemIsDark) {
        return open(new Desktop(systemIsDark, false));
    }

    private PreferencesViewModel open(Desktop desktop) {
        return new PreferencesViewModel(bench.workbench(), new Settings(), () -> desktop);
    }

    @Test
    void theThemeIsTheSystemsUntilOneIsChosen() {
        PreferencesViewModel model = open(true);
        assertThat(model.darkProperty().get()).isTrue();

        model.themeProperty().set(ThemeChoice.LIGHT);
        assertThat(model.darkProperty().get()).isFalse();
        assertThat(open(true).darkProperty().get()).as("remembered").isFalse();

        model.themeProperty().set(ThemeChoice.SYSTEM);
        assertThat(model.darkProperty().get()).isTrue();
        model.turn();
        assertThat(model.themeProperty().get()).isEqualTo(ThemeChoice.LIGHT);
    }

    @Test
    void whatMovesIsTheSystemsUntilItIsChosen() {
        Desktop lively = new Desktop(false, false);
        Desktop still = new Desktop(false, true);
        PreferencesViewModel model = open(still);
        assertThat(model.stillProperty().get()).isTrue();
        assertThat(model.darkProperty().get()).isFalse();

        model.motionProperty().set(MotionChoice.ON);
        assertThat(model.stillProperty().get()).isFalse();
        assertThat(open(still).stillProperty().get()).as("remembered").isFalse();

        model.motionProperty().set(MotionChoice.OFF);
        assertThat(model.stillProperty().get()).isTrue();
        assertThat(open(lively).stillProperty().get()).as("remembered").isTrue();
        model.motionProperty().set(MotionChoice.SYSTEM);
        assertThat(open(lively).stillProperty().get()).isFalse();
    }

    @Test
    void whatIsChosenStaysWhenTheDesktopIsAskedForTheRest() {
        PreferencesViewModel model = open(new Desktop(true, true));
        model.motionProperty().set(MotionChoice.ON);
        model.themeProperty().set(ThemeChoice.LIGHT);
        model.themeProperty().set(ThemeChoice.SYSTEM);

        assertThat(model.darkProperty().get()).isTrue();
        assertThat(model.stillProperty().get()).isFalse();
    }

    @Test
    void untilTheDesktopAnswersItIsAsLastTime() {
        open(new Desktop(true, true));
        bench.background().hold(Lane.SETTINGS);
        PreferencesViewModel model = open(new Desktop(false, false));

        assertThat(model.stillProperty().get()).isTrue();
        assertThat(model.darkProperty().get()).isTrue();
        bench.background().release();
        assertThat(model.stillProperty().get()).isFalse();
        assertThat(model.darkProperty().get()).isFalse();
    }

    @Test
    void everythingIsRemembered() {
        PreferencesViewModel model = open(false);
        model.colorsProperty().set(Colors.VIRIDIS);
        model.scaleProperty().set(150);
        model.threadsProperty().set(1);
        model.wishProperty().set(Wish.AUTO);
        model.autoProperty().set(false);

        bench.workbench().autoProperty().set(true);
        model.autoProperty().set(false);
        PreferencesViewModel again = open(false);
        assertThat(again.colorsProperty().get()).isEqualTo(Colors.VIRIDIS);
        assertThat(again.scaleProperty().get()).isEqualTo(150);
        assertThat(again.threadsProperty().get()).isEqualTo(1);
        assertThat(again.wishProperty().get()).isEqualTo(Wish.AUTO);
        assertThat(again.autoProperty().get()).isFalse();
        assertThat(new Settings().uiScale()).isEqualTo(150);
        assertThat(new Settings().threads()).isEqualTo(1);
    }

    @Test
    void whatIsComputedOnIsSaidOnceAModelIsOpen() {
        PreferencesViewModel model = open(false);
        assertThat(model.wishNote().getValue()).isEqualTo("From the next model on");

        model.wishProperty().set(Wish.AUTO);
        assertThat(model.wishNote().getValue()).isEqualTo("From the next model on");
        bench.openTiny();
        assertThat(model.wishNote().getValue()).isEqualTo("No GPU is found; the guide says what it takes");
        assertThat(bench.problem()).isEmpty();

        model.wishProperty().set(Wish.CPU);
        bench.openTiny();
        assertThat(bench.model().orElseThrow().placement().sentence()).isEmpty();
        assertThat(model.wishNote().getValue()).isEqualTo("From the next model on");
        bench.close();
    }

    @Test
    void aSizeThatIsNotYetInEffectSaysHowItWillBe() {
        PreferencesViewModel model = open(false);
        assertThat(model.scaleNote().getValue()).isEqualTo("From the next start on");
        model.scaleProperty().set(150);
        assertThat(model.scaleNote().getValue()).contains("start it again");
        model.scaleProperty().set(0);
        assertThat(model.scaleNote().getValue()).isEqualTo("From the next start on");
    }

    @Test
    void theMemoryBudgetIsRememberedAndTakesEffectAtOnce() {
        PreferencesViewModel model = open(false);
        long usual = bench.workbench().usualMemory();
        assertThat(bench.workbench().memoryProperty().get()).isEqualTo(usual);
        assertThat(model.memories()).startsWith(0L, 1_000_000_000L).isSorted();
        assertThat(model.label(0)).startsWith("Half of the machine's (").endsWith("B)");
        assertThat(model.label(2_000_000_000L)).isEqualTo("2.0 GB");

        model.memoryProperty().set(1_000_000_000L);
        assertThat(bench.workbench().memoryProperty().get()).isEqualTo(1_000_000_000L);
        bench.workbench().setMemory(usual);
        assertThat(open(false).memoryProperty().get()).isEqualTo(1_000_000_000L);
        assertThat(bench.workbench().memoryProperty().get()).isEqualTo(1_000_000_000L);

        model.memoryProperty().set(0L);
        assertThat(bench.workbench().memoryProperty().get()).isEqualTo(usual);
        assertThat(new Settings().memory()).isZero();
    }

    @Test
    void whatAnotherVersionRememberedIsPassedOver() {
        Preferences.userRoot().node(node).put("colors", "RAINBOW");
        Preferences.userRoot().node(node).put("threads", "many");

        assertThat(open(false).colorsProperty().get()).isEqualTo(Colors.BLUES);
        assertThat(new Settings().threads()).isZero();
    }

    @Test
    void desktopsThatWantNothingToMoveAreUnderstood() {
        assertThat(SystemMotion.isStill("Linux", "false\n")).isTrue();
        assertThat(SystemMotion.isStill("Linux", "true\n")).isFalse();
        assertThat(SystemMotion.isStill("Linux", "No such schema “org.gnome.desktop.interface”\n")).isFalse();
        assertThat(SystemMotion.isStill("Linux", "")).isFalse();
        assertThat(SystemMotion.isStill("Linux", "0\n")).as("KDE").isTrue();
        assertThat(SystemMotion.isStill("Linux", "0.5\n")).as("KDE").isFalse();
        assertThat(SystemMotion.isStill("Mac OS X", "1\n")).isTrue();
        assertThat(SystemMotion.isStill("Mac OS X", "0\n")).isFalse();
        assertThat(SystemMotion.isStill("Mac OS X", "The domain/default pair does not exist")).isFalse();
        String windows = "\r\nHKEY_CURRENT_USER\\Control Panel\\Desktop\r\n    UserPreferencesMask    REG_BINARY    ";
        assertThat(SystemMotion.isStill("Windows 11", windows + "9E3E078012000000\r\n")).isFalse();
        assertThat(SystemMotion.isStill("Windows 11", windows + "9012038010000000\r\n")).isTrue();
        assertThat(SystemMotion.isStill("Windows 11", "ERROR: The system was unable to find the key")).isFalse();
    }

    @Test
    void eachDesktopIsAskedInItsOwnWay() {
        assertThat(SystemMotion.questions("Windows 11", "")).extracting(question -> question.get(0))
            .containsExactly("reg");
        assertThat(SystemMotion.questions("Mac OS X", "")).extracting(question -> question.get(0))
            .containsExactly("defaults");
        assertThat(SystemMotion.questions("Linux", "ubuntu:GNOME")).extracting(question -> question.get(0))
            .containsExactly("gsettings");
        assertThat(SystemMotion.questions("Linux", "KDE")).extracting(question -> question.get(0))
            .containsExactly("kreadconfig6", "kreadconfig5");
        assertThat(Desktop.answer(List.of("a-program-that-is-nowhere"))).isEmpty();
    }

    @Test
    void desktopsAreUnderstood() {
        assertThat(SystemTheme.isDark("Linux", "'prefer-dark'\n")).isTrue();
        assertThat(SystemTheme.isDark("Linux", "'default'\n")).isFalse();
        assertThat(SystemTheme.isDark("Linux", "")).isFalse();
        assertThat(SystemTheme.isDark("Mac OS X", "Dark\n")).isTrue();
        assertThat(SystemTheme.isDark("Mac OS X", "The domain/default pair does not exist")).isFalse();
        assertThat(SystemTheme.isDark("Windows 11", "  AppsUseLightTheme    REG_DWORD    0x0\r\n")).isTrue();
        assertThat(SystemTheme.isDark("Windows 11", "  AppsUseLightTheme    REG_DWORD    0x1\r\n")).isFalse();
        assertThat(SystemTheme.question("Windows 11")).startsWith("reg");
        assertThat(SystemTheme.question("Mac OS X")).startsWith("defaults");
        assertThat(SystemTheme.question("Linux")).startsWith("gsettings");
    }
}
