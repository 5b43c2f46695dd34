package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own for what must not share one with the tests: exit statuses, signals, memory. */
public final class ChildJvm {

    /** For a process that ends before the second compiler would have earned what it costs. */
    private static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int SECONDS = 60;

    private ChildJvm() {
    }

    /** A process that does one thing and ends, of which neither time nor memory is measured. */
    public static ProcessBuilder brief(List<String> options, Class<?> main, String... args) {
        return of(Stream.concat(BRIEF.stream(), options.stream()).toList(), main, args);
    }

    /** Presses Ctrl+C, as a person does, and waits for the end. */
    public static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** A process on the tests' class path, without a display and without options that the surroundings would add. */
    public static ProcessBuilder of(List<String> options, Class<?> main, String... args) {
        ProcessBuilder builder = new ProcessBuilder(Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), options.stream(),
            Stream.of("-cp", System.getProperty("java.class.path"), main.getName()), Stream.of(args))
            .flatMap(part -> part).toList());
        // A JVM that takes options from here says so on its standard error, which must stay empty.
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "DISPLAY", "WAYLAND_DISPLAY")
            .forEach(builder.environment()::remove);
        return builder;
    }
}
