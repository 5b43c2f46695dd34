package org.headscope.weights.hub;

import java.net.URI;

/**
 * A file on the hub.
 *
 * @param name in its repository
 * @param address from which this very version can be fetched
 * @param commit of its repository
 * @param etag by which the cache knows its contents
 * @param size in bytes
 */
public record RemoteFile(String name, URI address, String commit, String etag, long size) {
}
