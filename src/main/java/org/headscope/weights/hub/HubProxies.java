package org.headscope.weights.hub;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proxies by {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in either case, unless
 * Java's own properties name one: whoever sets those means this program.
 */
final class HubProxies extends ProxySelector {

    private static final List<String> PROPERTIES =
        List.of("http.proxyHost", "https.proxyHost", "java.net.useSystemProxies");

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Optional<URI> http;
    private final Optional<URI> https;
    private final List<String> excepted;
    private final boolean javasOwn;

    private HubProxies(Map<String, String> environment) {
        this.javasOwn = PROPERTIES.stream().anyMatch(name -> !System.getProperty(name, "").isBlank());
        this.http = javasOwn ? Optional.empty() : proxy(environment, "http_proxy");
        this.https = javasOwn ? Optional.empty() : proxy(environment, "https_proxy");
        this.excepted = Arrays.stream(variable(environment, "no_proxy").orElse("").split(","))
            .map(host -> host.strip().toLowerCase(Locale.ROOT)).filter(host -> !host.isEmpty()).toList();
    }

    /** @throws HubRefusal if a variable names no HTTP proxy */
    static HubProxies of(Map<String, String> environment) {
        return new HubProxies(environment);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT)).map(environment::get)
            .filter(value -> value != null && !value.isBlank()).map(String::strip).findFirst();
    }

    private static Optional<URI> proxy(Map<String, String> environment, String name) {
        return variable(environment, name).or(() -> variable(environment, "all_proxy"))
            .map(value -> parse(name.toUpperCase(Locale.ROOT), value));
    }

    /** The value itself is not repeated: it may hold a password. */
    private static URI parse(String name, String value) {
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            throw noProxy(name);
        }
        throw noProxy(name);
    }

    private static HubRefusal noProxy(String name) {
        return new HubRefusal(name + " (or ALL_PROXY) names no HTTP proxy; write it as http://host:port, or unset it.");
    }

    @Override
    public List<Proxy> select(URI address) {
        if (javasOwn) {
            return ProxySelector.getDefault().select(address);
        }
        Optional<URI> proxy = "https".equalsIgnoreCase(address.getScheme()) ? https : http;
        if (proxy.isEmpty() || isExcepted(address)) {
            return DIRECT;
        }
        int port = proxy.get().getPort();
        return List.of(new Proxy(Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved(proxy.get().getHost(), port < 0 ? 80 : port)));
    }

    /** As curl reads it: a name covers itself and what is below it, with its port if it has one; * covers all. */
    private boolean isExcepted(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return excepted.stream().anyMatch(entry -> {
            String name = entry.replaceFirst("^\\*?\\.", "");
            return entry.equals("*") || host.equals(name) || host.endsWith("." + name)
                || (host + ":" + address.getPort()).equals(name);
        });
    }

    /** Answers a proxy that asks for the name and password in the variable. */
    Optional<Authenticator> authenticator() {
        List<URI> named = Stream.of(https, http).flatMap(Optional::stream).filter(uri -> uri.getRawUserInfo() != null)
            .toList();
        return named.isEmpty() ? Optional.empty() : Optional.of(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() != RequestorType.PROXY ? null : named.stream()
                    .filter(uri -> uri.getHost().equalsIgnoreCase(getRequestingHost())).findFirst()
                    .map(HubProxies::credentials).orElse(null);
            }
        });
    }

    private static PasswordAuthentication credentials(URI proxy) {
        String[] parts = proxy.getRawUserInfo().split(":", 2);
        return new PasswordAuthentication(decoded(parts[0]), decoded(parts.length > 1 ? parts[1] : "").toCharArray());
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // Whoever asked hears of it.
    }
}
