package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.headscope.Fixture;

/** One command run in this process: its exit status and what it printed. */
public record CommandRun(int status, String out, String err) {

    static CommandRun of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Commands.run(args, new PrintStream(out, true), new PrintStream(err, true));
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The JSON of a command that succeeds and prints nothing else. */
    public static JsonObject json(String... args) {
        String[] withJson = new String[args.length + 1];
        System.arraycopy(args, 0, withJson, 0, args.length);
        withJson[args.length] = "--json";
        CommandRun run = of(withJson).succeeded();
        assertThat(run.out.lines()).hasSize(1);
        return JsonParser.parseString(run.out).getAsJsonObject();
    }

    static String model(Fixture fixture) {
        return fixture == Fixture.DEMO ? "demo" : fixture.modelPath().toString();
    }

    CommandRun succeeded() {
        assertThat(err).isEmpty();
        assertThat(status).isZero();
        return this;
    }

    /** Status 2, one sentence on standard error, nothing on standard output. */
    void isRefusedWith(String... parts) {
        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(1);
        assertThat(err).contains(parts).matches("(?s).*\\.\\s*");
        assertThat(status).isEqualTo(2);
    }
}
