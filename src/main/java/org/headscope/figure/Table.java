package org.headscope.figure;

import java.io.IOException;
import java.util.List;

/** The numbers behind a picture as rows of text, with every digit. The first row names the columns. */
@FunctionalInterface
public interface Table {

    /** Takes rows one after another. */
    @FunctionalInterface
    interface Rows {

        /** @throws IOException if there is no room for it */
        void add(List<String> fields) throws IOException;
    }

    /**
     * Hands over all rows, made as they are needed: those of long prompts would not fit into memory together.
     *
     * @throws IOException if they are not taken
     */
    void writeTo(Rows rows) throws IOException;

    /** A table whose rows are there. */
    static Table of(List<List<String>> rows) {
        return taker -> {
            for (List<String> row : rows) {
                taker.add(row);
            }
        };
    }
}
