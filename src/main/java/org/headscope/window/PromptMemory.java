package org.headscope.window;

import java.time.Clock;
import java.util.List;
import org.headscope.session.PromptHistory;

/** Keeps the pairs that are run, and remembers them between starts. Belongs to the FX thread. */
public final class PromptMemory {

    private static final String NAME = "prompts";

    private final Settings settings;
    private final PromptHistory history;

    public PromptMemory(Workbench workbench, Settings settings, Clock clock) {
        this.settings = settings;
        this.history = PromptHistory.ofJson(settings.text(NAME, "[]"));
        workbench.finishedProperty().addListener((observed, before, now) -> now.ifPresent(run -> {
            Pair pair = run.pair();
            history.add(new PromptHistory.Entry(pair.clean().text(),
                pair.corrupt().map(prompt -> prompt.text()).orElse(""), pair.clean().bos()), clock.instant());
            settings.putText(NAME, history.toJson());
        }));
    }

    /** Newest first. */
    public List<PromptHistory.Entry> entries() {
        return history.entries();
    }

    /** Forgets all of them. */
    public void clear() {
        history.clear();
        settings.putText(NAME, history.toJson());
    }
}
