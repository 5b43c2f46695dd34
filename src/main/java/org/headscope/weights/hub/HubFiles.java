package org.headscope.weights.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.headscope.weights.hub.HubConnection.Answer;

/** What a hub tells of the files in a repository, and small ones as text. */
final class HubFiles {

    /** What becomes the name of a file in the cache must be no path. */
    private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern COMMIT = Pattern.compile("[A-Za-z0-9]{1,64}");

    /** A file that is read into memory, such as a model's card. */
    private static final int LONGEST_TEXT = 4 << 20;

    private final HubConnection connection;
    private final ModelName model;
    private final Meter meter;

    HubFiles(HubConnection connection, ModelName model, Meter meter) {
        this.connection = connection;
        this.model = model;
        this.meter = meter;
    }

    /** The same repository at another revision. */
    HubFiles at(String revision) {
        return new HubFiles(connection, new ModelName(model.repository(), revision), meter);
    }

    /**
     * What a hub says about a file.
     *
     * @return empty if the repository has no such file
     * @throws HubRefusal if there is no such repository or revision, or the hub does not answer as one
     */
    Optional<RemoteFile> find(String name) {
        URI address = connection.resolve(model.repository(), model.revision(), name);
        return connection.patiently(meter, () -> {
            try (Answer answer = connection.head(address, meter)) {
                return isMissing(answer) ? Optional.empty() : Optional.of(described(answer, name));
            }
        });
    }

    /** The hub says which it is: no such file, or no such repository at all. */
    private static boolean isMissing(Answer answer) {
        return answer.status() == 404 && (answer.header("X-Error-Code").filter("EntryNotFound"::equals).isPresent()
            || answer.commit().isPresent());
    }

    private RemoteFile described(Answer answer, String name) throws IOException {
        boolean linked = answer.header("X-Linked-Etag").isPresent();
        if (!linked) {
            HubTrouble.check(connection.settings(), model, answer);
        }
        String commit = answer.commit().orElse("");
        String etag = answer.header(linked ? "X-Linked-Etag" : "ETag").orElse("").strip().replaceFirst("^W/", "")
            .replace("\"", "");
        long size = size(answer.header(linked ? "X-Linked-Size" : "Content-Length").orElse(""));
        if (commit.isEmpty() && answer.isPage()) {
            throw HubTrouble.page(answer, name);
        }
        if (!COMMIT.matcher(commit).matches() || !ETAG.matcher(etag).matches() || etag.contains("..") || size < 0) {
            throw HubTrouble.noHub(connection.settings(), name);
        }
        return new RemoteFile(name, connection.resolve(model.repository(), commit, name), commit, etag, size);
    }

    private static long size(String header) {
        return header.strip().matches("\\d{1,18}") ? Long.parseLong(header.strip()) : -1;
    }

    /** A small file as text, without keeping it. */
    String text(RemoteFile file) {
        return connection.patiently(meter, () -> read(file.address(), file.name()));
    }

    /** What the hub's programming interface answers, as JSON. */
    String api(String path) {
        return connection.patiently(meter, () -> read(connection.api(path), "an answer"));
    }

    private String read(URI address, String what) throws IOException {
        try (Answer answer = connection.get(address, Map.of(), meter)) {
            HubTrouble.check(connection.settings(), model, answer);
            if (answer.isPage()) {
                throw HubTrouble.page(answer, what);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<ByteBuffer> part = next(answer);
            while (!part.isEmpty() && all.size() < LONGEST_TEXT) {
                for (ByteBuffer bytes : part) {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    all.writeBytes(copy);
                }
                part = next(answer);
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    private List<ByteBuffer> next(Answer answer) throws IOException {
        return answer.body().next(connection.patience().stall(), meter::stopIfCancelled);
    }
}
