package org.headscope.model;

/**
 * One head's attention, one query at a time: the whole pattern of 1,024 tokens takes 4 MB, and all heads have one. Not
 * safe to share between threads.
 */
public interface AttentionRows {

    /** How many queries there are, and keys. */
    int tokens();

    /**
     * What a query attends to: its attention to the keys from the first up to itself; what the array holds behind those
     * means nothing. The array belongs to this reader and is used again for the next query.
     */
    float[] row(int query);
}
