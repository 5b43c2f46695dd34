package org.headscope.window;

import java.nio.file.Path;
import java.util.Optional;
import org.headscope.window.sessions.SessionDialogs;

/** The questions that the operating system asks for the window; tests answer them by themselves. */
public interface Dialogs extends SessionDialogs {

    /** Where to save a picture; empty when the person thinks better of it. */
    Optional<Path> savePicture(String suggestedName);

    /** Which folder to export several pictures into; empty when the person thinks better of it. */
    Optional<Path> chooseExportFolder();

    /** Shows a folder in the system's file manager; false where there is none. */
    boolean showFolder(Path folder);

    /** Which CSV file holds pairs of prompts; empty when the person thinks better of it. */
    Optional<Path> choosePairs();

    /** Which text file holds reference prompts; empty when the person thinks better of it. */
    Optional<Path> chooseReferences();
}
