package org.headscope.window.models;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory a model may take before a person is warned of it. */
final class MemoryBudget {

    private MemoryBudget() {
    }

    /**
     * Half of what the machine, or the container, has, in bytes: the other half is for runs and for everything else.
     */
    static long bytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() / 2;
    }
}
