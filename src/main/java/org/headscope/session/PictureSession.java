package org.headscope.session;

import java.nio.file.Path;
import java.util.Map;
import org.headscope.figure.Png;

/** The session that an exported picture carries unseen, so that dropping it on the window brings the view back. */
public final class PictureSession {

    private static final String KEYWORD = "Headscope";

    private PictureSession() {
    }

    /** What a picture is to carry, by keyword. */
    public static Map<String, String> texts(Session session) {
        return Map.of(KEYWORD, SessionJson.write(session));
    }

    /**
     * Reads the session of a picture, which may come from anybody.
     *
     * @throws org.headscope.refusal.Refusal if the file is no picture or damaged, or carries no session
     */
    public static SessionJson.Read read(Path picture) {
        String text = Png.texts(picture).get(KEYWORD);
        if (text == null) {
            throw new SessionRefusal("%s carries no session; drop a PNG that Headscope exported."
                .formatted(picture.getFileName()));
        }
        try {
            return SessionJson.read(text);
        } catch (SessionRefusal e) {
            throw new SessionRefusal("The session in %s was not opened: %s; drop another picture."
                .formatted(picture.getFileName(), e.getMessage()), e);
        }
    }
}
