package org.headscope.window;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.session.SessionFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operating system's own file dialogs. */
final class NativeDialogs implements Dialogs {

    private static final Logger LOG = LoggerFactory.getLogger(NativeDialogs.class);
    private static final ExtensionFilter SESSION = new ExtensionFilter("Headscope session", "*" + SessionFile.ENDING);
    private static final ExtensionFilter TO_OPEN = new ExtensionFilter("Headscope session or exported PNG",
        "*" + SessionFile.ENDING, "*.png");

    private final Window owner;
    private Optional<File> lastFolder = Optional.empty();
    private Optional<File> lastModels = Optional.empty();

    NativeDialogs(Window owner) {
        this.owner = owner;
    }

    /** The window that a person asks from, which has the focus again afterwards. */
    private Window asking() {
        return Window.getWindows().stream().filter(Window::isFocused).filter(Stage.class::isInstance).findFirst()
            .orElse(owner);
    }

    @Override
    public Optional<Path> savePicture(String suggestedName) {
        return saveFile("Export", suggestedName, new ExtensionFilter("PNG picture", "*.png"),
            new ExtensionFilter("SVG picture", "*.svg"), new ExtensionFilter("PDF document", "*.pdf"),
            new ExtensionFilter("CSV table", "*.csv"));
    }

    @Override
    public Optional<Path> saveSession(String suggestedName) {
        return saveFile("Save the session", suggestedName, SESSION);
    }

    @Override
    public Optional<Path> saveNotebook(String suggestedName) {
        return saveFile("Export a notebook", suggestedName, new ExtensionFilter("Jupyter notebook", "*.ipynb"));
    }

    private Optional<Path> saveFile(String title, String suggestedName, ExtensionFilter... filters) {
        List<String> endings = Stream.of(filters).flatMap(filter -> filter.getExtensions().stream())
            .map(pattern -> pattern.substring(1)).toList();
        return new SaveName(endings, name -> askWhereToSave(title, name, filters)).choose(suggestedName);
    }

    private Optional<SaveName.Answer> askWhereToSave(String title, String suggestedName, ExtensionFilter... filters) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestedName);
        chooser.getExtensionFilters().addAll(filters);
        chooser.getExtensionFilters().stream().filter(filter -> filter.getExtensions().stream()
            .anyMatch(ending -> suggestedName.endsWith(ending.substring(1)))).findFirst()
            .ifPresent(chooser::setSelectedExtensionFilter);
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional<File> file = Optional.ofNullable(chooser.showSaveDialog(asking()));
        file.ifPresent(this::remember);
        return file.map(f -> new SaveName.Answer(f.toPath(),
            chooser.getSelectedExtensionFilter().getExtensions().get(0).substring(1)));
    }

    private void remember(File file) {
        lastFolder = Optional.ofNullable(file.getParentFile());
    }

    @Override
    public Optional<Path> chooseExportFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Export into a folder");
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional<File> folder = Optional.ofNullable(chooser.showDialog(asking()));
        folder.ifPresent(f -> lastFolder = folder);
        return folder.map(File::toPath);
    }

    @Override
    public boolean showFolder(Path folder) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String opener = system.contains("win") ? "explorer.exe" : system.contains("mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(opener, folder.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return true;
        } catch (IOException e) {
            LOG.debug("No file manager", e);
            return false;
        }
    }

    @Override
    public Optional<Path> chooseSession() {
        return chooseFile("Open a session", TO_OPEN);
    }

    @Override
    public Optional<Path> chooseModelFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Open a model folder");
        // Without a folder to begin with, GTK shows recent files, among which a typed folder cannot be opened.
        lastModels.or(() -> Optional.of(new File(System.getProperty("user.home")))).filter(File::isDirectory)
            .ifPresent(chooser::setInitialDirectory);
        Optional<File> folder = Optional.ofNullable(chooser.showDialog(asking()));
        folder.ifPresent(chosen -> lastModels = Optional.ofNullable(chosen.getParentFile()));
        return folder.map(File::toPath);
    }

    @Override
    public Optional<Path> choosePairs() {
        return chooseFile("Open pairs of prompts", new ExtensionFilter("CSV table", "*.csv"));
    }

    @Override
    public Optional<Path> chooseReferences() {
        return chooseFile("Open reference prompts", new ExtensionFilter("Text", "*.txt"));
    }

    private Optional<Path> chooseFile(String title, ExtensionFilter filter) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().addAll(filter, new ExtensionFilter("All files", "*.*"));
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional<File> file = Optional.ofNullable(chooser.showOpenDialog(asking()));
        file.ifPresent(this::remember);
        return file.map(File::toPath);
    }
}
