package org.headscope.weights.hub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store with an environment and a home of its own, which soon loses patience. */
final class TestStore {

    /** Nothing arrives for so long before a server counts as silent. */
    static final Duration STALL = Duration.ofMillis(400);

    static final Patience LITTLE = new Patience(Duration.ofSeconds(5), STALL, 200, 4, Duration.ofMillis(2),
        Duration.ofMillis(1_500), 50_000);

    /** Watches nothing and stops nothing. */
    static final FetchListener PATIENT = new FetchListener() {
        @Override
        public void progress(FetchProgress progress) {
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    private TestStore() {
    }

    static ModelStore of(Path home, FakeHub hub, String... environment) {
        return of(home, hub, RepositoryFolder.Linking.ofSystem(), LITTLE, environment);
    }

    static ModelStore of(Path home, FakeHub hub, RepositoryFolder.Linking linking, Patience patience,
                         String... environment) {
        Map<String, String> variables = new HashMap<>(Map.of("HF_ENDPOINT", hub.address().toString()));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return new ModelStore(variables, home, new RecentFolders(Optional.of(home.resolve("recent.txt"))), patience,
            linking);
    }
}
