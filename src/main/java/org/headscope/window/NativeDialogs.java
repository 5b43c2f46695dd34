package org.headscope.window;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The operating system's own file dialogs. */
final class NativeDialogs implements Dialogs {

    private final Window owner;
    private Optional<File> lastFolder = Optional.empty();

    NativeDialogs(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> savePicture(String suggestedName) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export");
        chooser.setInitialFileName(suggestedName);
        chooser.getExtensionFilters().addAll(new ExtensionFilter("PNG picture", "*.png"),
            new ExtensionFilter("SVG picture", "*.svg"), new ExtensionFilter("CSV table", "*.csv"));
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional<File> file = Optional.ofNullable(chooser.showSaveDialog(owner));
        file.ifPresent(f -> lastFolder = Optional.ofNullable(f.getParentFile()));
        return file.map(File::toPath);
    }

    @Override
    public Optional<Path> chooseModelFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Open a model folder");
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
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
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
    }
}
