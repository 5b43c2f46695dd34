package org.headscope.refusal;

/**
 * What the program says to bad input: one sentence for the person, naming what is wrong, with which input, and what
 * to do about it. Windows show {@link #getMessage()} beside its cause; commands print it and exit with 2.
 */
public class Refusal extends RuntimeException {

    public Refusal(String sentence) {
        super(sentence);
    }

    public Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
