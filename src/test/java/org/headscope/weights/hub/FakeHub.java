package org.headscope.weights.hub;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A server that speaks the hub's protocol on bare sockets, so that it can break off anywhere. Large files are stored
 * elsewhere, as on the real hub: at a second address, which is another host as far as a token is concerned.
 */
public final class FakeHub implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** What came from a client. */
    record Request(String method, String path, Map<String, String> headers) {

        /** The last part of the path. */
        String file() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** What goes to it; the body's length is told unless the headers tell another. */
    record Response(int status, Map<String, String> headers, byte[] body) {

        static Response of(int status, String... headers) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                map.put(headers[i], headers[i + 1]);
            }
            return new Response(status, map, new byte[0]);
        }

        Response with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Response(status, more, body);
        }

        Response with(byte[] other) {
            return new Response(status, headers, other);
        }

        private byte[] head(boolean withBody) {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
            headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
            if (!headers.containsKey("Content-Length") && withBody) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            return head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        /** All that goes over the line. */
        byte[] bytes(Request request) {
            byte[] head = head(true);
            return request.method().equals("HEAD") ? head : concat(head, body);
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static final class Planned {

        private final Predicate<Request> when;
        private final Fault fault;
        private int times;

        Planned(Predicate<Request> when, Fault fault, int times) {
            this.when = when;
            this.fault = fault;
            this.times = times;
        }

        synchronized boolean applies(Request request) {
            return times > 0 && when.test(request) && times-- > 0;
        }
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-hub");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Map<String, byte[]>> repositories = new LinkedHashMap<>();
    private final Map<String, String> commits = new LinkedHashMap<>();
    private final List<Planned> faults = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> stored;
    private final Optional<FakeHub> storage;
    private volatile String searched = "[]";

    private FakeHub(boolean withStorage) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        storage = withStorage ? Optional.of(new FakeHub(false)) : Optional.empty();
        stored = new LinkedHashMap<>();
        threads.execute(this::accept);
    }

    public static FakeHub start() {
        return new FakeHub(true);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Where large files are. */
    FakeHub storage() {
        return storage.orElseThrow();
    }

    /** Puts a folder's files on the hub, at its main branch and at the revision if that is another. */
    public FakeHub publish(String repository, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, byte[]> contents = new LinkedHashMap<>();
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return publish(repository, "main", COMMIT, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeHub publish(String repository, String revision, String commit, Map<String, byte[]> files) {
        repositories.put(repository + "@" + commit, files);
        commits.put(repository + "@" + revision, commit);
        commits.put(repository + "@" + commit, commit);
        return this;
    }

    /** The file itself, to be changed. */
    Map<String, byte[]> files(String repository) {
        return repositories.get(repository + "@" + COMMIT);
    }

    /** What the hub answers to searches. */
    public void searched(String json) {
        searched = json;
    }

    /** Goes wrong the next so many times that such a request comes. */
    void fail(String method, String file, int times, Fault fault) {
        faults.add(new Planned(request -> request.method().equals(method) && request.file().equals(file), fault, times));
    }

    void failAlways(String method, String file, Fault fault) {
        fail(method, file, Integer.MAX_VALUE, fault);
    }

    void heal() {
        faults.clear();
        storage.ifPresent(FakeHub::heal);
    }

    /** The first time a large file is asked for, sends a part of it and no more. */
    public void stallFirst(int bytes) {
        storage().faults.add(new Planned(request -> request.method().equals("GET"),
            Fault.fallSilentAfter(bytes + 500), 1));
    }

    /** What has been asked for. */
    public List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    /** What has been asked for by this method. */
    public List<String> paths(String method) {
        return requests.stream().filter(request -> request.method().equals(method)).map(Request::path).toList();
    }

    /** What has been asked of the place of large files. */
    public List<String> storedPaths(String method) {
        return storage().paths(method);
    }

    List<Request> requests() {
        return requests;
    }

    List<Request> requests(String method, String file) {
        return requests.stream().filter(r -> r.method().equals(method) && r.file().equals(file)).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client);
        try (client; OutputStream out = client.getOutputStream();
             InputStream in = new BufferedInputStream(client.getInputStream())) {
            Optional<Request> request = read(in);
            if (request.isEmpty()) {
                return;
            }
            requests.add(request.get());
            Response honest = honest(request.get());
            for (Planned planned : faults) {
                if (planned.applies(request.get())) {
                    planned.fault.answer(request.get(), honest, out);
                    if (planned.fault.fallsSilent()) {
                        untilGone(in);
                    }
                    return;
                }
            }
            out.write(honest.bytes(request.get()));
        } catch (IOException e) {
            // The client has gone: some of the tests do that.
        } finally {
            clients.remove(client);
        }
    }

    private static void untilGone(InputStream in) throws IOException {
        int read;
        do {
            read = in.read();
        } while (read >= 0);
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            headers.put(line.substring(0, line.indexOf(':')).toLowerCase(), line.substring(line.indexOf(':') + 1).strip());
        }
        String[] words = lines.get(0).split(" ");
        return Optional.of(new Request(words[0], words[1], headers));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private Response honest(Request request) {
        if (request.path().startsWith("/api/models?")) {
            return Response.of(200, "Content-Type", "application/json").with(searched.getBytes(StandardCharsets.UTF_8));
        }
        if (request.path().startsWith("/stored/")) {
            byte[] content = stored.get(request.file());
            return content == null ? Response.of(404) : ranged(request, Response.of(200, "ETag", "\"whatever\""), content);
        }
        String[] parts = request.path().substring(1).split("/resolve/", 2);
        if (parts.length < 2) {
            return Response.of(404);
        }
        String revision = parts[1].substring(0, parts[1].indexOf('/')).replace("%2F", "/");
        if (commits.keySet().stream().noneMatch(name -> name.startsWith(parts[0] + "@"))) {
            return Response.of(401, "X-Error-Code", "RepoNotFound");
        }
        String commit = commits.get(parts[0] + "@" + revision);
        if (commit == null) {
            return Response.of(404, "X-Error-Code", "RevisionNotFound");
        }
        byte[] content = repositories.get(parts[0] + "@" + commit).get(request.file());
        return content == null ? Response.of(404, "X-Error-Code", "EntryNotFound", "X-Repo-Commit", commit)
            : file(request, commit, content);
    }

    private Response file(Request request, String commit, byte[] content) {
        if (!request.file().endsWith(".safetensors")) {
            return ranged(request, Response.of(200, "ETag", "\"" + gitHash(content) + "\"", "X-Repo-Commit", commit,
                "Content-Type", "text/plain"), content);
        }
        String hash = hash("SHA-256", content);
        storage().stored.put(hash, content);
        return Response.of(302, "Location", storage().address() + "/stored/" + hash, "X-Linked-Etag", "\"" + hash + "\"",
            "X-Linked-Size", Integer.toString(content.length), "X-Repo-Commit", commit);
    }

    private static Response ranged(Request request, Response whole, byte[] content) {
        String range = request.headers().get("range");
        if (range == null) {
            return whole.with(content);
        }
        int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (from >= content.length) {
            return Response.of(416, "Content-Range", "bytes */" + content.length);
        }
        return new Response(206, whole.headers(), Arrays.copyOfRange(content, from, content.length)).with("Content-Range",
            "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }

    static String gitHash(byte[] content) {
        return hash("SHA-1", concat(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content));
    }

    static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        storage.ifPresent(FakeHub::close);
        threads.shutdownNow();
        try {
            socket.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
