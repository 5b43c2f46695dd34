package org.headscope.session;

import java.util.Optional;
import org.headscope.figure.Cell;

/**
 * All that a session file keeps.
 *
 * @param model empty where none was open
 * @param tab the view that was open, by a word that the window knows
 * @param cell the query (row) and key (column) that were held
 * @param references the file of the reference prompts whose mean the document puts in; the means themselves are not
 *     kept, so that the document of a session that was read puts in the other run's values until the file is read
 * @param swept whether a sweep was shown; its values are not kept but computed again
 */
public record Session(Document document, Optional<ModelNote> model, String tab, Optional<Cell> cell,
                      Optional<String> references, boolean swept, Ledger ledger) {

    /** What a first start opens with. */
    public static Session fresh() {
        return of(Document.notebook());
    }

    public static Session of(Document document) {
        return new Session(document, Optional.empty(), "pattern", Optional.empty(), Optional.empty(), false,
            Ledger.EMPTY);
    }
}
