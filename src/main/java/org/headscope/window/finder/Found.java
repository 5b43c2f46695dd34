package org.headscope.window.finder;

import org.headscope.window.action.Action;

/**
 * Something that can be done, as it stands in the list.
 *
 * @param id by which it is remembered
 * @param group where else it is found, such as its menu
 * @param keys as people write them; empty where there are none
 * @param possible whether it can be done now
 */
record Found(String id, String name, String group, String keys, boolean possible, Runnable run) {

    static Found of(Action action) {
        return new Found(action.id(), action.name(), action.section().menu(), action.written(),
            action.enabled().getValue(), action::perform);
    }

    String all() {
        return name + " " + group;
    }
}
