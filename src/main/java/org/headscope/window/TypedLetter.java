package org.headscope.window;

import org.headscope.session.Document;

/** Whether somebody goes on with a word: types or takes back one letter of a prompt. */
final class TypedLetter {

    private TypedLetter() {
    }

    static boolean isAllThatDiffers(Document before, Document after) {
        return after.withClean(before.clean()).withCorrupt(before.corrupt()).equals(before)
            && (before.corrupt().equals(after.corrupt()) && isOneLetter(before.clean(), after.clean())
                || before.clean().equals(after.clean()) && isOneLetter(before.corrupt(), after.corrupt()));
    }

    private static boolean isOneLetter(String one, String other) {
        String longer = one.length() > other.length() ? one : other;
        String shorter = one.length() > other.length() ? other : one;
        int same = 0;
        while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
            same++;
        }
        int more = longer.length() - shorter.length();
        String between = longer.substring(same, Math.min(longer.length(), same + more));
        return longer.endsWith(shorter.substring(same)) && between.codePointCount(0, between.length()) == 1
            && !between.isBlank();
    }
}
