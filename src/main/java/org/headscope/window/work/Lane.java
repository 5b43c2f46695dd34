package org.headscope.window.work;

/** Kinds of background work. Within one the newest request wins; different ones do not disturb each other. */
public enum Lane {
    /** Loading a model. Waits for the inference thread where it needs it. */
    MODEL(false),
    /** Asking what the engine is. */
    ENGINE(false),
    /** Counting the tokens of prompts that do not run by themselves. */
    COUNT(false),
    /** Running the pair of prompts. */
    RUNS(true),
    /** Measuring what the heads of a new model do. */
    PROBE(true),
    /** Running the corrupt prompt with patches. */
    PATCH(true),
    /** Patching every cell of a sweep; it hands the inference thread one batch at a time, so that others can go on. */
    SWEEP(false),
    /** Following one path from a head to another; hands the inference thread its pieces, as a sweep does. */
    PATH(false),
    /** Reading a file of pairs or prompts. */
    READ(false),
    /** Reading every half-layer as if the model ended there. */
    LENS(true),
    /** Finding what each part adds to a logit. */
    ATTRIBUTION(true),
    /** Reading what one head writes. */
    WRITING(true),
    /** Reading one neuron over a prompt, and what it writes. */
    NEURON(true),
    /** Continuing the prompt. */
    GENERATE(true),
    /** Reading what weights say about heads. */
    CIRCUITS(true),
    /** Drawing the thumbnails of the head map. */
    THUMBNAILS(false),
    /** Scoring every head. */
    DETECT(false),
    /** Drawing the focused head. */
    FOCUS(false),
    /** Reading the attention of the head under the pointer. */
    TOKEN(false),
    /** Asking the desktop how it is set up. */
    SETTINGS(false),
    /** Waiting for the window to come to rest before its exports are offered anew. */
    FOLLOW(false),
    /** Drawing what a file will look like. */
    PREVIEW(false),
    /** Looking at the models on this machine, and removing them. */
    MODELS(false),
    /** Keeping in mind which folders were opened. */
    FOLDERS(false),
    /** Asking the hub what it has. */
    HUB(false),
    /** Fetching a model. */
    FETCH(false),
    /** Opening or saving a session. */
    SESSION(false),
    /** Keeping the session in case the application ends. */
    KEEP(false),
    /** Writing a picture. */
    EXPORT(false);

    private final boolean usesEngine;

    Lane(boolean usesEngine) {
        this.usesEngine = usesEngine;
    }

    /** Whether the work must be done on the inference thread; other work runs beside it. */
    boolean usesEngine() {
        return usesEngine;
    }
}
