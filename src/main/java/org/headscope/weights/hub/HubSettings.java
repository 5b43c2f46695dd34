package org.headscope.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the environment says about the hub, by the variables that Hugging Face's own libraries read.
 *
 * @param endpoint {@code HF_ENDPOINT}, without a slash at its end
 * @param token {@code HF_TOKEN}, else what {@code hf auth login} left
 * @param offline {@code HF_HUB_OFFLINE}
 */
record HubSettings(URI endpoint, Optional<String> token, boolean offline, HubProxies proxies) {

    private static final String ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /** What a header can carry. Anything else would be repeated, token and all, by whoever refuses it. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,500}");

    /** @throws HubRefusal if a variable holds what cannot be used */
    static HubSettings of(Map<String, String> environment, Path home) {
        return new HubSettings(endpoint(environment.getOrDefault("HF_ENDPOINT", "").strip()),
            token(environment, home).map(HubSettings::checked), isOffline(environment), HubProxies.of(environment));
    }

    private static URI endpoint(String given) {
        try {
            URI endpoint = URI.create((given.isEmpty() ? ENDPOINT : given).replaceFirst("/+$", ""));
            if (endpoint.getHost() != null && ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                && endpoint.getRawUserInfo() == null && endpoint.getRawQuery() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw noEndpoint(given, e);
        }
        throw noEndpoint(given, null);
    }

    private static HubRefusal noEndpoint(String given, Exception cause) {
        return new HubRefusal("HF_ENDPOINT is “%s”, which is no address of a hub; write it as %s, or unset it."
            .formatted(given, ENDPOINT), cause);
    }

    private static Optional<String> token(Map<String, String> environment, Path home) {
        String given = environment.getOrDefault("HF_TOKEN", "").strip();
        if (!given.isEmpty()) {
            return Optional.of(given);
        }
        try {
            String named = environment.getOrDefault("HF_TOKEN_PATH", "");
            Path file = named.isBlank() ? HubCache.huggingFaceHome(environment, home).resolve("token") : Path.of(named);
            return Files.isRegularFile(file) && Files.size(file) < 10_000
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty()) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // Public models need none; whatever does will say so.
            return Optional.empty();
        }
    }

    private static String checked(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new HubRefusal("HF_TOKEN holds characters that no token has; copy it again from your settings on the "
                + "hub, or unset it.");
        }
        return token;
    }

    private static boolean isOffline(Map<String, String> environment) {
        return TRUE.contains(environment.getOrDefault("HF_HUB_OFFLINE", "").strip().toUpperCase(Locale.ROOT))
            || TRUE.contains(environment.getOrDefault("TRANSFORMERS_OFFLINE", "").strip().toUpperCase(Locale.ROOT));
    }

    /** Whether a request goes to the hub itself, by scheme, host and port: only then may it carry the token. */
    boolean isHub(URI address) {
        return address.getHost() != null && endpoint.getScheme().equalsIgnoreCase(address.getScheme())
            && endpoint.getHost().equalsIgnoreCase(address.getHost()) && port(endpoint) == port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** Without the token: this may be logged. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=%s, token=%s, offline=%s]".formatted(endpoint,
            token.isPresent() ? "set" : "none", offline);
    }
}
