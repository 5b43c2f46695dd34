package org.headscope.window.action;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that the window can do, in the order of its menus. */
public final class Actions {

    private final List<Action> all;
    private final List<RegionKeys> regions;

    /**
     * @param parts what each part of the window can do
     * @param regions the keys that parts answer by themselves
     * @throws IllegalArgumentException if two actions have an id or a key in common
     */
    public Actions(List<List<Action>> parts, List<RegionKeys> regions) {
        this.all = parts.stream().flatMap(Collection::stream).sorted(Comparator.comparing(Action::section)).toList();
        this.regions = List.copyOf(regions);
        checkUnique();
    }

    private void checkUnique() {
        Map<Object, Action> seen = new HashMap<>();
        for (Action action : all) {
            Stream.concat(Stream.of(action.id()), action.keys().stream()).forEach(named -> {
                Action other = seen.put(named, action);
                if (other != null) {
                    throw new IllegalArgumentException("“%s” and “%s” are both %s.".formatted(other.label(),
                        action.label(), named));
                }
            });
        }
    }

    public List<Action> all() {
        return all;
    }

    /** The keys that parts of the window answer by themselves. */
    public List<RegionKeys> regions() {
        return regions;
    }

    /** @throws IllegalArgumentException if there is none of this id */
    public Action get(String id) {
        return all.stream().filter(action -> action.id().equals(id)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no action " + id + "."));
    }
}
