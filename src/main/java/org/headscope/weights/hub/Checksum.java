package org.headscope.weights.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an ETag of the hub says about a file's contents: the SHA-256 of a large file, git's SHA-1 of a small one. An
 * ETag of any other form says nothing.
 */
final class Checksum {

    private final String expected;
    private final Optional<MessageDigest> digest;

    private Checksum(String expected, Optional<MessageDigest> digest) {
        this.expected = expected;
        this.digest = digest;
    }

    static Checksum of(RemoteFile file) {
        if (file.etag().matches("[0-9a-f]{64}")) {
            return new Checksum(file.etag(), Optional.of(digest("SHA-256")));
        }
        if (file.etag().matches("[0-9a-f]{40}")) {
            MessageDigest git = digest("SHA-1");
            git.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
            return new Checksum(file.etag(), Optional.of(git));
        }
        return new Checksum(file.etag(), Optional.empty());
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + name + ".", e);
        }
    }

    void add(ByteBuffer bytes) {
        digest.ifPresent(to -> to.update(bytes.duplicate()));
    }

    /** Whether all that was added is what was promised. */
    boolean isRight() {
        return digest.isEmpty() || HexFormat.of().formatHex(digest.get().digest()).equals(expected);
    }
}
