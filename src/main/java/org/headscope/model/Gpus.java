package org.headscope.model;

import ai.djl.engine.Engine;
import java.util.Optional;

/** Finds the GPUs that the engine can compute with. */
@FunctionalInterface
public interface Gpus {

    /** How many there are. Asked on the inference thread. */
    int count();

    /** Why there is none, to be said after “since”; empty where there is one. */
    default Optional<String> missing() {
        return count() > 0 ? Optional.empty() : Optional.of("the engine's library that is loaded finds no GPU");
    }

    /** The engine's own: 0 where its library has no code for GPUs, as the one that comes with Headscope. */
    static int inEngine() {
        return Engine.getInstance().getGpuCount();
    }
}
