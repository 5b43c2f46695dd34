package org.headscope.session;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.headscope.figure.FigureFile;

/** A session on disk. */
public final class SessionFile {

    /** What the name of a session's file ends in. */
    public static final String ENDING = ".headscope";

    /** Far beyond what a person types and a ledger holds; a larger file is something else. */
    private static final long LARGEST = 64L << 20;

    private SessionFile() {
    }

    /**
     * Writes a session beside its target and renames it, so that a file is never half of one.
     *
     * @throws org.headscope.refusal.Refusal if the file cannot be written
     */
    public static void write(Path file, Session session) {
        write(file, SessionJson.json(session));
    }

    static void write(Path file, JsonObject json) {
        FigureFile.writeText(file, SessionJson.text(json));
    }

    /**
     * Reads a session.
     *
     * @throws SessionRefusal if the file cannot be read, is no session, or has a field of a wrong type
     */
    public static SessionJson.Read read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new SessionRefusal("it is too large for a session");
            }
            return SessionJson.read(Files.readString(file));
        } catch (SessionRefusal e) {
            throw refusal(file, e.getMessage() + "; choose a session saved by Headscope", e);
        } catch (NoSuchFileException e) {
            throw refusal(file, "there is no such file; choose another one", e);
        } catch (CharacterCodingException e) {
            throw refusal(file, "it is no text in UTF-8; choose a session saved by Headscope", e);
        } catch (IOException e) {
            throw refusal(file, "it cannot be read; check that it is a file that you may read", e);
        }
    }

    private static SessionRefusal refusal(Path file, String why, Exception cause) {
        return new SessionRefusal("%s was not opened: %s.".formatted(file, why), cause);
    }
}
