package org.headscope.window;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java's heap, which grows for a long prompt's patterns and by default keeps the room that they took: the collector looks
 * for what can go only when something new needs it. A window that stays open all day gives it back instead.
 */
final class JavaHeap {

    private static final Logger LOG = LoggerFactory.getLogger(JavaHeap.class);

    /** From one look to the next, while nothing else has the collector work. */
    private static final int SECONDS = 60;

    private JavaHeap() {
    }

    /**
     * Has unused memory go back to the system from now on, of whichever launcher Java was started by. Does nothing where
     * Java has no such collector, or is told otherwise on its command line.
     */
    static void giveBackUnused() {
        giveBackUnused(SECONDS);
    }

    /** @param seconds from one look to the next */
    static void giveBackUnused(int seconds) {
        // In this order: at no time may the least share be above the most.
        set("MinHeapFreeRatio", "10");
        set("MaxHeapFreeRatio", "30");
        set("G1PeriodicGCInterval", Integer.toString(seconds * 1_000));
    }

    private static void set(String option, String value) {
        HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (java == null) {
            return;
        }
        try {
            Origin origin = java.getVMOption(option).getOrigin();
            if (origin == Origin.DEFAULT || origin == Origin.ERGONOMIC) {
                java.setVMOption(option, value);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("This Java has no such option.", e);
        }
    }
}
