package org.headscope.session;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.headscope.figure.Png;

/** The session that an exported picture carries unseen, so that dropping it on the window brings the view back. */
public final class PictureSession {

    private static final String KEYWORD = "Headscope";
    /** A model's name, perhaps after its owner's. */
    private static final Pattern NAME = Pattern.compile("[\\w.-]+(/[\\w.-]+)?");

    private PictureSession() {
    }

    /**
     * What a picture is to carry, by keyword: what it takes to bring the view back. Pictures are published, so where
     * models and files lie on this machine and what else was tried stays here.
     */
    public static Map<String, String> texts(Session session) {
        Session shared = new Session(session.document(), session.model().map(PictureSession::withoutPlace),
            session.tab(), session.cell(), Optional.empty(), session.swept(), Ledger.EMPTY);
        return Map.of(KEYWORD, SessionJson.write(shared));
    }

    /** With its name in place of its folder; a name is looked for among the models that are there. */
    private static ModelNote withoutPlace(ModelNote model) {
        return new ModelNote(model.name(), model.folder().map(folder -> model.name()), model.processing(),
            model.size());
    }

    /**
     * Reads the session of a picture, which may come from anybody: no file that it names is touched.
     *
     * @param open the model that is open, which stands for one of the same name and sizes
     * @throws org.headscope.refusal.Refusal if the file is no picture or damaged, or carries no session
     */
    public static SessionJson.Read read(Path picture, Optional<OpenModel> open) {
        String text = Png.texts(picture).get(KEYWORD);
        if (text == null) {
            throw new SessionRefusal("%s carries no session; drop a PNG that Headscope exported."
                .formatted(picture.getFileName()));
        }
        try {
            SessionJson.Read read = SessionJson.read(text);
            return new SessionJson.Read(withModel(read.session(), open), read.note());
        } catch (SessionRefusal e) {
            throw new SessionRefusal("The session in %s was not opened: %s; drop another picture."
                .formatted(picture.getFileName(), e.getMessage()), e);
        }
    }

    private static Session withModel(Session session, Optional<OpenModel> open) {
        Optional<ModelNote> model = session.model().map(note -> open.map(ModelNote::of)
            .filter(now -> now.name().equals(note.name()) && now.processing() == note.processing()
                && now.size().equals(note.size())).orElseGet(() -> withoutPlace(named(note))));
        return new Session(session.document(), model, session.tab(), session.cell(), Optional.empty(),
            session.swept(), Ledger.EMPTY);
    }

    private static ModelNote named(ModelNote note) {
        if (!NAME.matcher(note.name()).matches()) {
            throw new SessionRefusal("it names no model");
        }
        return note;
    }
}
