package org.headscope.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/** What a model's arrays lie on and are computed with. The model's only place that names the engine's devices. */
public final class Processor {

    public static final Processor CPU = new Processor("CPU", Device.cpu(), true);

    /** The first that the engine finds. */
    public static final Processor GPU = new Processor("GPU", Device.gpu(), false);

    private final String label;
    private final Device device;
    private final boolean host;

    /** @param host as in {@link #isHost} */
    Processor(String label, Device device, boolean host) {
        this.label = label;
        this.device = device;
        this.host = host;
    }

    /**
     * Whether it is the CPU: weights come from the file by way of its memory, and the layouts of oneDNN are its own. Any
     * other one gets a copy of the weights and multiplies by them as they are.
     */
    boolean isHost() {
        return host;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** A manager whose arrays lie there; to be closed. Belongs to the inference thread. */
    NDManager newManager() {
        return NDManager.newBaseManager(device, "PyTorch");
    }
}
