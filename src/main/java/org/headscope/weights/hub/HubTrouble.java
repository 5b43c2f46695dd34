package org.headscope.weights.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.headscope.weights.hub.HubConnection.Answer;

/** What goes wrong between here and a hub, in words. */
final class HubTrouble {

    private static final String GO_ON = "what has arrived is kept, so fetch again to go on";

    private HubTrouble() {
    }

    /** What an answer that is no success means; returns if it is one. */
    static void check(HubSettings settings, ModelName model, Answer answer) throws IOException {
        int status = answer.status();
        if (status / 100 == 2 || status == 416) {
            return;
        }
        if (status == 429 || status == 408 || status >= 500) {
            throw new TemporaryFailure(status, askedWait(answer));
        }
        throw switch (answer.header("X-Error-Code").orElse("")) {
            case "GatedRepo" -> gated(settings, model);
            case "RepoNotFound" -> notThere(settings, model);
            case "RevisionNotFound" -> noRevision(settings, model);
            default -> switch (status) {
                case 401 -> notThere(settings, model);
                case 403 -> gated(settings, model);
                case 404 -> notThere(settings, model);
                default -> new HubRefusal("%s answers with status %d, which no hub should; check HF_ENDPOINT and the proxy."
                    .formatted(answer.address().getRawAuthority(), status));
            };
        };
    }

    private static HubRefusal gated(HubSettings settings, ModelName model) {
        return new HubRefusal(settings.token().isEmpty()
            ? ("%s is shown only to those who have agreed to its terms: agree at %s/%s and set HF_TOKEN to a token of "
                + "yours.").formatted(model.repository(), settings.endpoint(), model.repository())
            : "Your HF_TOKEN may not read %s: agree to its terms at %s/%s, or set a token that may."
                .formatted(model.repository(), settings.endpoint(), model.repository()));
    }

    private static HubRefusal notThere(HubSettings settings, ModelName model) {
        return new HubRefusal(settings.token().isEmpty()
            ? "%s has no model %s, or keeps it private; check the name, or set HF_TOKEN to a token that may read it."
                .formatted(settings.endpoint().getRawAuthority(), model)
            : "%s has no model %s, or none that your HF_TOKEN may read; check the name and the token."
                .formatted(settings.endpoint().getRawAuthority(), model));
    }

    private static HubRefusal noRevision(HubSettings settings, ModelName model) {
        return new HubRefusal("%s has no revision “%s”; see %s/%s for its branches, or leave @%s out."
            .formatted(model.repository(), model.revision(), settings.endpoint(), model.repository(),
                model.revision()));
    }

    static HubRefusal page(Answer answer, String file) {
        return new HubRefusal(("%s sends a web page in place of %s; perhaps a proxy or a network's log-in stands in "
            + "between: open the address in a browser, then fetch again.").formatted(answer.address().getRawAuthority(),
            file));
    }

    static HubRefusal noHub(HubSettings settings, String file) {
        return new HubRefusal("%s does not tell version, length and contents of %s as a hub does; check HF_ENDPOINT."
            .formatted(settings.endpoint().getRawAuthority(), file));
    }

    private static Optional<Duration> askedWait(Answer answer) {
        return answer.header("Retry-After").flatMap(HubTrouble::seconds);
    }

    /** {@code Retry-After}: seconds, or a date. */
    static Optional<Duration> seconds(String header) {
        try {
            if (header.strip().matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())));
            }
            Duration until = Duration.between(Instant.now(),
                ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether it will be no better in a while. */
    static boolean isLasting(IOException e) {
        return e instanceof SSLException;
    }

    static HubRefusal refusal(String host, IOException e, Duration wait) {
        if (e instanceof TemporaryFailure temporary) {
            return new HubRefusal(temporary.status() == 429
                ? "%s has had too many requests from here (status 429); try again in %d s, or set HF_TOKEN."
                    .formatted(host, Math.max(1, wait.toSeconds()))
                : "%s is out of order (status %d); try again later, %s.".formatted(host, temporary.status(),
                    "since what has arrived is kept"), e);
        }
        if (e instanceof SSLException) {
            return new HubRefusal(("The secure connection to %s fails (%s); if a proxy of your network looks into "
                + "connections, give Java its certificate by -Djavax.net.ssl.trustStore.").formatted(host,
                firstLine(e)), e);
        }
        if (isUnreachable(e)) {
            return new HubRefusal("%s cannot be reached (%s); check the network, or the proxy in HTTPS_PROXY, and try again."
                .formatted(host, reason(e)), e);
        }
        return e instanceof HttpTimeoutException
            ? new HubRefusal("%s has stopped sending (%s); %s.".formatted(host, firstLine(e), GO_ON), e)
            : new HubRefusal("The connection to %s breaks off again and again (%s); %s.".formatted(host, firstLine(e),
                GO_ON), e);
    }

    /** The same in passing. */
    static String note(String host, IOException e) {
        if (e instanceof TemporaryFailure temporary) {
            return "%s answers with status %d".formatted(host, temporary.status());
        }
        return isUnreachable(e) ? host + " cannot be reached"
            : e instanceof HttpTimeoutException ? host + " has stopped sending"
            : "the connection to %s broke off".formatted(host);
    }

    private static boolean isUnreachable(IOException e) {
        return e instanceof ConnectException || e instanceof UnknownHostException
            || e instanceof HttpConnectTimeoutException || e.getCause() instanceof UnresolvedAddressException;
    }

    private static String reason(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return "its name is not known";
            }
        }
        return e instanceof HttpConnectTimeoutException ? "no answer" : e.getMessage() == null
            ? "connection refused" : firstLine(e);
    }

    private static String firstLine(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
