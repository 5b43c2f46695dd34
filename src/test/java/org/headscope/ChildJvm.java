package org.headscope;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own for what must not share one with the tests: exit statuses, signals, memory. */
public final class ChildJvm {

    private ChildJvm() {
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
