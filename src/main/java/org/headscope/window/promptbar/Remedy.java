package org.headscope.window.promptbar;

/**
 * What can be done about something that is wrong.
 *
 * @param label of its button
 * @param hint exactly what it does
 */
record Remedy(String label, String hint, Runnable action) {
}
