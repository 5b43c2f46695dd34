package org.headscope.session;

import org.headscope.refusal.Refusal;

/** A file that is no session, or one whose content contradicts itself. */
public final class SessionRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    SessionRefusal(String sentence) {
        super(sentence);
    }

    SessionRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
