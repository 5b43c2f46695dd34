package org.headscope.window;

import java.nio.file.Path;
import java.util.Optional;

/** What a person would answer to the system's dialogs. */
final class Answers implements Dialogs {

    private volatile Optional<Path> file = Optional.empty();
    private volatile Optional<Path> folder = Optional.empty();
    private volatile String suggested = "";

    /** Whatever is asked for a file. */
    void file(Path answer) {
        file = Optional.of(answer);
    }

    /** Whatever is asked for a folder. */
    void folder(Path answer) {
        folder = Optional.of(answer);
    }

    /** The file name that was last proposed. */
    String suggested() {
        return suggested;
    }

    @Override
    public Optional<Path> savePicture(String suggestedName) {
        suggested = suggestedName;
        return file;
    }

    @Override
    public Optional<Path> chooseExportFolder() {
        return folder;
    }

    @Override
    public boolean showFolder(Path shown) {
        return false;
    }

    @Override
    public Optional<Path> chooseModelFolder() {
        return folder;
    }

    @Override
    public Optional<Path> chooseSession() {
        return file;
    }

    @Override
    public Optional<Path> saveSession(String suggestedName) {
        return savePicture(suggestedName);
    }

    @Override
    public Optional<Path> saveNotebook(String suggestedName) {
        return savePicture(suggestedName);
    }

    @Override
    public Optional<Path> chooseReferences() {
        return file;
    }

    @Override
    public Optional<Path> choosePairs() {
        return file;
    }
}
