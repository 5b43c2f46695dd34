package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static String written(boolean watched) {
        StringWriter err = new StringWriter();
        try (Progress progress = new Progress(new PrintWriter(err), watched, "cells")) {
            progress.say("running the prompts");
            progress.show(0, 1440);
            progress.show(57, 1440);
            progress.show(1440, 1440);
        }
        return err.toString();
    }

    @Test
    void oneLineIsWrittenOverAndTakenAway() {
        String[] lines = written(true).split("\r");

        assertThat(lines[1]).isEqualTo("running the prompts");
        assertThat(lines[2].stripTrailing()).isEqualTo("0 of 1,440 cells");
        assertThat(lines[3]).matches("57 of 1,440 cells, \\d+ s left");
        assertThat(lines[4]).startsWith("1,440 of 1,440 cells");
        assertThat(lines[5]).isBlank();
        assertThat(written(true)).endsWith("\r").doesNotContain("\n");
    }

    @Test
    void nobodyWatchesNothing() {
        assertThat(written(false)).isEmpty();
    }
}
