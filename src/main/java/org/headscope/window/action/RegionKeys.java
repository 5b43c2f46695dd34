package org.headscope.window.action;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that a part of the window answers by itself while it has the focus.
 *
 * @param id the part's id in the scene
 * @param title what the part is called
 */
public record RegionKeys(String id, String title, List<Key> keys) {

    /**
     * One line of the help.
     *
     * @param keys as they are written, such as "Home, End"
     */
    public record Key(String keys, String what) { }

    public RegionKeys {
        keys = List.copyOf(keys);
    }

    public static RegionKeys of(String id, String title) {
        return new RegionKeys(id, title, List.of());
    }

    public RegionKeys key(String written, String what) {
        List<Key> more = new ArrayList<>(keys);
        more.add(new Key(written, what));
        return new RegionKeys(id, title, more);
    }
}
