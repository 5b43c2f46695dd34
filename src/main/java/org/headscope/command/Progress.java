package org.headscope.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** One line on standard error that says how far a computation is. Nothing where nobody watches. */
final class Progress implements AutoCloseable {

    /** Of the work; before it is done nobody can tell how long the rest takes. */
    private static final double TELLING = 0.01;

    private final PrintWriter err;
    private final boolean watched;
    private final String items;
    private final long start = System.nanoTime();
    private int shown;

    /** @param items what is counted, in the plural */
    Progress(PrintWriter err, boolean watched, String items) {
        this.err = err;
        this.watched = watched;
        this.items = items;
    }

    /** Watched if standard input and output are a terminal's. */
    static Progress on(PrintWriter err, String items) {
        return new Progress(err, System.console() != null, items);
    }

    /** What is being done before there is anything to count. */
    void say(String what) {
        if (watched) {
            write(what);
        }
    }

    /** Lines that stay, above the one that is written over. Nothing where nobody watches. */
    void note(List<String> lines) {
        if (watched) {
            close();
            lines.forEach(err::println);
            shown = 0;
        }
    }

    void show(int done, int total) {
        show(done, total, (double) done / total);
    }

    /** @param share of the work that is done, where some items take longer than others */
    void show(int done, int total, double share) {
        if (!watched) {
            return;
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        String left = share < TELLING || done == total ? ""
            : String.format(Locale.ROOT, ", %.0f s left", Math.ceil(elapsed * (1 - share) / share));
        write("%,d of %,d %s%s".formatted(done, total, items, left));
    }

    private void write(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        err.flush();
        shown = line.length();
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown > 0) {
            write("");
            err.print("\r");
            err.flush();
        }
    }
}
