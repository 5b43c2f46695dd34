package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

    @TempDir
    Path home;

    private HubSettings settings(String... variables) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return HubSettings.of(environment, home);
    }

    @Test
    void withoutVariablesItIsThePublicHub() {
        HubSettings settings = settings();

        assertThat(settings.endpoint()).hasToString("https://huggingface.co");
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
    }

    @Test
    void theTokenComesFromItsVariableOrFromTheLogIn() throws IOException {
        Path file = Files.createDirectories(home.resolve(".cache/huggingface")).resolve("token");
        Files.writeString(file, "hf_file\n");

        assertThat(settings().token()).contains("hf_file");
        assertThat(settings("HF_TOKEN", " hf_variable ").token()).contains("hf_variable");
        assertThat(settings("HF_TOKEN", "hf_variable").toString()).doesNotContain("hf_variable");
        assertThat(settings("HF_HOME", home.resolve("elsewhere").toString()).token()).isEmpty();
        assertThatExceptionOfType(HubRefusal.class).isThrownBy(() -> settings("HF_TOKEN", "hf\nx: secret"))
            .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"https://huggingface.co/a, true", "HTTPS://HUGGINGFACE.CO:443/a, true", "http://huggingface.co/a, false",
        "https://huggingface.co:8443/a, false", "https://cdn.huggingface.co/a, false", "https://huggingface.co.evil.org/a, false",
        "https://evil.org/huggingface.co, false", "https://huggingface.co@evil.org/a, false"})
    void onlyTheHubItselfIsTheHub(String address, boolean is) {
        assertThat(settings().isHub(URI.create(address))).isEqualTo(is);
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://x", "https://", "https://a b", "https://user:pw@host", "https://h?x=y"})
    void whatIsNoEndpointIsRefused(String endpoint) {
        assertThatExceptionOfType(HubRefusal.class).isThrownBy(() -> settings("HF_ENDPOINT", endpoint))
            .withMessageContaining("HF_ENDPOINT");
    }

    @Test
    void theCacheIsWhereHuggingFacesLibrariesHaveIt() {
        assertThat(HubCache.of(Map.of(), home).root()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(HubCache.of(Map.of("XDG_CACHE_HOME", "/x"), home).root()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(HubCache.of(Map.of("HF_HOME", "/h", "XDG_CACHE_HOME", "/x"), home).root()).isEqualTo(Path.of("/h/hub"));
        assertThat(HubCache.of(Map.of("HF_HOME", "~/h"), home).root()).isEqualTo(home.resolve("h/hub"));
        assertThat(HubCache.of(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/o"), home).root()).isEqualTo(Path.of("/o"));
        assertThat(HubCache.of(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/c"), home).root()).isEqualTo(Path.of("/c"));
        assertThat(HubCache.of(Map.of("HF_HUB_CACHE", ""), home).root()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThatExceptionOfType(HubRefusal.class).isThrownBy(() -> HubCache.of(Map.of("HF_HOME", "\0"), home));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "YES, true", "on, true", "0, false", "'', false", "no, false"})
    void offlineIsSaidAsInPython(String value, boolean offline) {
        assertThat(settings("HF_HUB_OFFLINE", value).offline()).isEqualTo(offline);
        assertThat(settings("TRANSFORMERS_OFFLINE", value).offline()).isEqualTo(offline);
    }

    private static Proxy proxy(HubSettings settings, String address) {
        return settings.proxies().select(URI.create(address)).get(0);
    }

    @Test
    void proxiesAreThoseOfTheVariables() {
        HubSettings settings = settings("HTTPS_PROXY", "http://name:p%40ss@proxy.org:3128", "http_proxy", "other.org",
            "NO_PROXY", "localhost, .internal.org,mirror.net:8443");

        InetSocketAddress secure = (InetSocketAddress) proxy(settings, "https://huggingface.co/x").address();
        assertThat(secure.getHostString()).isEqualTo("proxy.org");
        assertThat(secure.getPort()).isEqualTo(3128);
        InetSocketAddress plain = (InetSocketAddress) proxy(settings, "http://huggingface.co/x").address();
        assertThat(plain.getHostString()).isEqualTo("other.org");
        assertThat(plain.getPort()).isEqualTo(80);
        for (String direct : new String[] {"https://localhost/x", "https://a.internal.org", "https://internal.org",
            "https://mirror.net:8443/x"}) {
            assertThat(proxy(settings, direct)).isEqualTo(Proxy.NO_PROXY);
        }
        assertThat(proxy(settings, "https://mirror.net/x")).isNotEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(settings("HTTPS_PROXY", "http://p:1", "NO_PROXY", "*"), "https://a.org")).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(settings("all_proxy", "http://p:1"), "https://a.org")).isNotEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(settings(), "https://a.org")).isEqualTo(Proxy.NO_PROXY);
        assertThat(settings.proxies().authenticator()).isPresent();
        assertThat(settings("HTTPS_PROXY", "http://p:1").proxies().authenticator()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://secret@host:1", "http://", "::::", "https://host"})
    void whatIsNoHttpProxyIsRefusedWithoutBeingRepeated(String value) {
        assertThatExceptionOfType(HubRefusal.class).isThrownBy(() -> settings("HTTPS_PROXY", value))
            .withMessageContaining("HTTPS_PROXY").withMessageNotContaining("secret");
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(HubTrouble.seconds("7")).contains(Duration.ofSeconds(7));
        assertThat(HubTrouble.seconds("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
        assertThat(HubTrouble.seconds("soon")).isEmpty();
    }

    @Test
    void waitsDoubleWithSomeChanceAndAnEnd() {
        Patience patience = Patience.normal();

        assertThat(patience.wait(1)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1_250));
        assertThat(patience.wait(4)).isBetween(Duration.ofMillis(6_000), Duration.ofMillis(10_000));
        assertThat(patience.wait(60)).isEqualTo(patience.longestWait());
    }

    @Test
    void licencesStandInTheHeadOfTheCard() {
        assertThat(offer("---\nlicense: mit\n---\nText").licence()).contains("mit");
        assertThat(offer("---\r\nlanguage: en\r\nlicense: \"apache-2.0\"\r\n---\r\nText").licence()).contains("apache-2.0");
        assertThat(offer("license: mit").licence()).isEmpty();
        assertThat(offer("---\ntags:\n- x\n---\nlicense: mit").licence()).isEmpty();
        assertThat(offer("---\nlicense: mit\n---\n# Text\n").text()).isEqualTo("# Text");
        assertThat(offer("").text()).isEmpty();
    }

    private static Offer offer(String card) {
        return new Offer(ModelName.parse("a/b"), "c", KnownModel.all().get(0).config(), List.of(), 1, card);
    }
}
