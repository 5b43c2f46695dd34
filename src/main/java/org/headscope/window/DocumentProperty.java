package org.headscope.window;

import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.session.Document;

/** Parts of the document as properties: what is set there becomes a change that can be undone. */
public final class DocumentProperty {

    private static final class OfObject<T> extends SimpleObjectProperty<T> {

        private final Workbench workbench;
        private final String kind;
        private final BiFunction<Document, T, Document> with;

        OfObject(Workbench workbench, String kind, Function<Document, T> get, BiFunction<Document, T, Document> with) {
            super(get.apply(workbench.document()));
            this.workbench = workbench;
            this.kind = kind;
            this.with = with;
            workbench.documentProperty().addListener((observed, before, now) -> follow(get.apply(now)));
        }

        private void follow(T now) {
            if (!now.equals(get())) {
                super.set(now);
            }
        }

        @Override
        public void set(T now) {
            workbench.edit(kind, document -> with.apply(document, now));
        }
    }

    private static final class OfBoolean extends SimpleBooleanProperty {

        private final Workbench workbench;
        private final BiFunction<Document, Boolean, Document> with;

        OfBoolean(Workbench workbench, Function<Document, Boolean> get, BiFunction<Document, Boolean, Document> with) {
            super(get.apply(workbench.document()));
            this.workbench = workbench;
            this.with = with;
            workbench.documentProperty().addListener((observed, before, now) -> super.set(get.apply(now)));
        }

        @Override
        public void set(boolean now) {
            workbench.edit("", document -> with.apply(document, now));
        }
    }

    private DocumentProperty() {
    }

    /**
     * @param kind changes of one kind in a row are undone together; empty for such as stand alone
     */
    public static <T> ObjectProperty<T> of(Workbench workbench, String kind, Function<Document, T> get,
                                           BiFunction<Document, T, Document> with) {
        return new OfObject<>(workbench, kind, get, with);
    }

    /** Of something that is on or off. */
    public static BooleanProperty ofBoolean(Workbench workbench, Function<Document, Boolean> get,
                                            BiFunction<Document, Boolean, Document> with) {
        return new OfBoolean(workbench, get, with);
    }
}
