package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    Path folder;

    private static Path folder(Path home, String system, String... variable) {
        return CacheFolder.of(variable.length == 0 ? Map.of() : Map.of(variable[0], variable[1]), system,
            home.toString()).orElseThrow();
    }

    @Test
    void itIsWhereTheSystemWantsIt() {
        Path home = folder.toAbsolutePath();

        assertThat(folder(home, "Linux")).isEqualTo(home.resolve(".cache/headscope"));
        assertThat(folder(home, "Linux", "XDG_CACHE_HOME", home.resolve("xdg").toString()))
            .isEqualTo(home.resolve("xdg/headscope"));
        assertThat(folder(home, "Linux", "XDG_CACHE_HOME", "relative")).isEqualTo(home.resolve(".cache/headscope"));
        assertThat(folder(home, "Mac OS X")).isEqualTo(home.resolve("Library/Caches/Headscope"));
        assertThat(folder(home, "Windows 11", "LOCALAPPDATA", home.resolve("local").toString()))
            .isEqualTo(home.resolve("local/Headscope/cache"));
        assertThat(folder(home, "Windows 11")).isEqualTo(home.resolve("AppData/Local/Headscope/cache"));
        assertThat(folder(home, "Linux", "HEADSCOPE_CACHE", home.resolve("own").toString()))
            .isEqualTo(home.resolve("own"));
        assertThat(folder(home, "Linux", "HEADSCOPE_CACHE", "")).isEqualTo(home.resolve(".cache/headscope"));
        assertThat(CacheFolder.of(Map.of("HEADSCOPE_CACHE", "a\0b"), "Linux", home.toString())).isEmpty();
    }
}
