package org.headscope.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to a hub. Redirects are followed by hand, because the token may go to the hub itself and to nobody that it
 * refers to.
 */
final class HubConnection {

    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final HubSettings settings;
    private final Patience patience;
    private final HttpClient client;

    HubConnection(HubSettings settings, Patience patience) {
        this.settings = settings;
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.answer()).version(HttpClient.Version.HTTP_1_1).proxy(settings.proxies());
        settings.proxies().authenticator().ifPresent(builder::authenticator);
        this.client = builder.build();
    }

    /**
     * What a hub said.
     *
     * @param commit of the repository, by whichever of the redirecting addresses told it
     */
    record Answer(URI address, int status, HttpHeaders headers, Optional<String> commit, StreamedBody body)
        implements AutoCloseable {

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** Whether it is a page for people, as of a log-in in between, where a file was asked for. */
        boolean isPage() {
            return header("Content-Type").filter(type -> type.toLowerCase(java.util.Locale.ROOT).startsWith("text/html"))
                .isPresent();
        }

        @Override
        public void close() {
            body.close();
        }
    }

    HubSettings settings() {
        return settings;
    }

    Patience patience() {
        return patience;
    }

    String host() {
        return settings.endpoint().getRawAuthority();
    }

    /** The address of a file of a repository at a revision. */
    URI resolve(String repository, String revision, String file) {
        return URI.create("%s/%s/resolve/%s/%s".formatted(settings.endpoint(), repository, encoded(revision),
            encoded(file)));
    }

    URI api(String path) {
        return URI.create(settings.endpoint() + "/api/" + path);
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Asks about a file without fetching it. Does not follow the hub to where it stores large files, since it tells
     * what they are itself.
     */
    Answer head(URI address, Meter meter) throws IOException {
        return follow("HEAD", address, Map.of(), meter);
    }

    Answer get(URI address, Map<String, String> headers, Meter meter) throws IOException {
        return follow("GET", address, headers, meter);
    }

    private Answer follow(String method, URI address, Map<String, String> headers, Meter meter) throws IOException {
        URI at = address;
        Optional<String> commit = Optional.empty();
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpResponse<StreamedBody> response = send(request(method, at, headers), meter);
            HttpHeaders told = response.headers();
            commit = commit.or(() -> told.firstValue("X-Repo-Commit"));
            Answer answer = new Answer(at, response.statusCode(), told, commit, response.body());
            boolean enough = method.equals("HEAD") && told.firstValue("X-Linked-Etag").isPresent();
            if (!REDIRECTS.contains(response.statusCode()) || enough) {
                return answer;
            }
            answer.close();
            at = next(at, told.firstValue("Location").orElse(""));
        }
        throw new HubRefusal("%s leads in circles for %s; check HF_ENDPOINT, or try again later."
            .formatted(host(), address.getPath()));
    }

    private URI next(URI at, String location) {
        try {
            // Some servers leave in what an address must have encoded.
            URI next = at.resolve(location.replace(" ", "%20").replace("\"", "%22").replace("|", "%7C"));
            boolean plain = "http".equalsIgnoreCase(next.getScheme());
            if (!location.isEmpty() && next.getHost() != null
                && (plain ? "http".equalsIgnoreCase(at.getScheme()) : "https".equalsIgnoreCase(next.getScheme()))) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw badRedirect(at, e);
        }
        throw badRedirect(at, null);
    }

    private static HubRefusal badRedirect(URI at, Exception cause) {
        return new HubRefusal(("%s refers to an address that is none, or that is not as secure; check HF_ENDPOINT and "
            + "the proxy, or try again later.").formatted(at.getRawAuthority()), cause);
    }

    private HttpRequest request(String method, URI address, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method,
            HttpRequest.BodyPublishers.noBody()).header("User-Agent", "headscope; java/"
            + System.getProperty("java.specification.version")).header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (settings.isHub(address)) {
            settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        }
        return request.build();
    }

    private HttpResponse<StreamedBody> send(HttpRequest request, Meter meter) throws IOException {
        CompletableFuture<HttpResponse<StreamedBody>> coming = client.sendAsync(request, info -> new StreamedBody());
        long end = System.nanoTime() + patience.answer().toNanos();
        try {
            while (true) {
                meter.stopIfCancelled();
                try {
                    return coming.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (System.nanoTime() > end) {
                        throw new HttpTimeoutException("no answer for %d s".formatted(patience.answer().toSeconds()));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            meter.stopIfCancelled();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    /** What is tried again if the line breaks. */
    interface Attempt<T> {

        T run() throws IOException;
    }

    /** Tries until it works or patience ends. */
    <T> T patiently(Meter meter, Attempt<T> attempt) {
        for (int failures = 1;; failures++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                Duration wait = e instanceof TemporaryFailure temporary
                    ? temporary.askedWait().orElse(patience.wait(failures)) : patience.wait(failures);
                if (e instanceof FreshStart) {
                    failures = 0;
                }
                if (failures >= patience.attempts() || wait.compareTo(patience.longestWait()) > 0
                    || HubTrouble.isLasting(e)) {
                    throw HubTrouble.refusal(host(), e, wait);
                }
                meter.tell("%s; trying again".formatted(HubTrouble.note(host(), e)));
                meter.pause(wait.toMillis());
            }
        }
    }

    /** A broken line over which a good deal came before: no reason to lose patience. */
    static final class FreshStart extends IOException {

        FreshStart(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
