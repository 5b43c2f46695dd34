package org.headscope.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A stream that remembers why something could not be written, which print streams keep to themselves. */
final class Outlet extends FilterOutputStream {

    private String loss = "";

    Outlet(OutputStream out) {
        super(out);
    }

    /** Why something was lost; empty if nothing was, or if whoever read had enough, as {@code head} has. */
    Optional<String> loss() {
        return Optional.of(loss).filter(reason -> !reason.isEmpty()
            && !reason.toLowerCase(Locale.ROOT).contains("pipe"));
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        try {
            out.write(bytes, start, length);
        } catch (IOException e) {
            loss = String.valueOf(e.getMessage());
            throw e;
        }
    }
}
