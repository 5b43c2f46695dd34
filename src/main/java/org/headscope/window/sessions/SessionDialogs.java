package org.headscope.window.sessions;

import java.nio.file.Path;
import java.util.Optional;

/** The questions about files that sessions ask; each is empty when the person thinks better of it. */
public interface SessionDialogs {

    /** Which session to open. */
    Optional<Path> chooseSession();

    /** Where to save a session. */
    Optional<Path> saveSession(String suggestedName);

    /** Where to save a notebook. */
    Optional<Path> saveNotebook(String suggestedName);

    /** Which folder holds a model. */
    Optional<Path> chooseModelFolder();
}
