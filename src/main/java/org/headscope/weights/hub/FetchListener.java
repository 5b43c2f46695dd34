package org.headscope.weights.hub;

/** Who watches a model being fetched. All methods are called on the thread that fetches. */
public interface FetchListener {

    /** Says how far it is, a few times a second. */
    void progress(FetchProgress progress);

    /** Whether to stop. What has arrived is kept, so that fetching again goes on from there. */
    boolean isCancelled();
}
