package org.headscope.model;

import ai.djl.engine.EngineException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells whether memory ran out: Java's, which has an error of its own, or the engine's, which only says so. */
public final class OutOfMemory {

    /** By the engine's allocators: on Linux and macOS, on Windows, of a GPU, and of C++ itself. */
    private static final Pattern SAID = Pattern.compile(
        "can't allocate memory|not enough memory|out of memory|bad_alloc", Pattern.CASE_INSENSITIVE);

    private OutOfMemory() {
    }

    /** Whether work ended because there was no memory left for it. */
    public static boolean is(Throwable error) {
        return isOfJava(error) || Stream.iterate(error, e -> e != null, Throwable::getCause)
            .anyMatch(e -> e instanceof EngineException && SAID.matcher(String.valueOf(e.getMessage())).find());
    }

    /** Whether it was Java's own, so that Java can be given more. */
    public static boolean isOfJava(Throwable error) {
        return Stream.iterate(error, e -> e != null, Throwable::getCause).anyMatch(OutOfMemoryError.class::isInstance);
    }
}
