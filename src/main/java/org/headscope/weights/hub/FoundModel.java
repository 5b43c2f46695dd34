package org.headscope.weights.hub;

import java.util.OptionalLong;

/**
 * A GPT-2 that a search on the hub found.
 *
 * @param parameters as the hub counts those of its safetensors; empty if it has none, so that it cannot be fetched
 * @param downloads of the last month
 */
public record FoundModel(String name, OptionalLong parameters, long downloads) {
}
