package org.headscope.window.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.headscope.figure.Colors;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;

/** Light or dark: the stylesheets of every window, and the colours of what is drawn in them. */
public final class Appearance {

    /** As figures are, on the ground of dark windows, so that what covers it is not seen. */
    public static final Theme DARK_WINDOW = Theme.DARK.on(Rgb.of("#0d1117"));

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final PseudoClass STILL = PseudoClass.getPseudoClass("still");
    private static final List<String> SHEETS = List.of("bridge.css", "headscope.css");
    private static final List<String> FONTS = List.of("Inter-Regular", "Inter-Medium", "Inter-SemiBold");

    private static boolean fontsAreLoaded;

    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Colors> colors = new SimpleObjectProperty<>(Colors.BLUES);
    private final BooleanProperty still = new SimpleBooleanProperty();
    private boolean dark;

    /** Loads the typeface and takes effect at once. Must be called on the FX thread. */
    public Appearance(boolean dark) {
        loadFonts();
        colors.addListener((observed, before, now) -> choose());
        setDark(dark);
    }

    /** Makes the typeface known to the toolkit; may be done ahead, on the launcher's thread. */
    public static synchronized void loadFonts() {
        if (!fontsAreLoaded) {
            Font.getDefault();
            FONTS.forEach(Appearance::load);
            // Which loads the library that lays out text that is more than letters in a row.
            new Text("…").getLayoutBounds();
            fontsAreLoaded = true;
        }
    }

    private static void load(String font) {
        try (InputStream file = Appearance.class.getResourceAsStream("/org/headscope/fonts/" + font + ".ttf")) {
            Font.loadFont(Objects.requireNonNull(file, font), 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void setDark(boolean dark) {
        if (theme.get() != null && dark == this.dark) {
            return;
        }
        Application.setUserAgentStylesheet((dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        this.dark = dark;
        choose();
    }

    private void choose() {
        theme.set(colors.get().in(dark ? DARK_WINDOW : Theme.LIGHT));
    }

    /** The colours of attention and of other values that are not signed. */
    public ObjectProperty<Colors> colorsProperty() {
        return colors;
    }

    public boolean isDark() {
        return dark;
    }

    /** The colours of drawings. */
    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** Whether nothing moves by itself. */
    public BooleanProperty stillProperty() {
        return still;
    }

    /** Whether nothing may move by itself where a node is shown. */
    public static boolean isStill(Node node) {
        return node.getScene() != null && node.getScene().getRoot().getPseudoClassStates().contains(STILL);
    }

    /** Gives a scene Headscope's own stylesheets and keeps it in the present appearance. */
    public void dress(Scene scene) {
        SHEETS.forEach(sheet -> scene.getStylesheets().add(
            Objects.requireNonNull(Appearance.class.getResource("/org/headscope/window/" + sheet)).toExternalForm()));
        scene.getRoot().pseudoClassStateChanged(DARK, isDark());
        theme.addListener((observed, before, now) -> scene.getRoot().pseudoClassStateChanged(DARK, isDark()));
        scene.getRoot().pseudoClassStateChanged(STILL, still.get());
        still.addListener((observed, before, now) -> scene.getRoot().pseudoClassStateChanged(STILL, now));
    }
}
