package org.headscope.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hook point of one layer.
 *
 * @param layer zero-based; −1 for the points outside the layers
 */
public record Hook(HookPoint point, int layer) {

    private static final int NO_LAYER = -1;

    public Hook {
        if (point.inLayers() != layer >= 0) {
            throw new IllegalArgumentException(point + " at layer " + layer);
        }
    }

    /** A hook point outside the layers. */
    public static Hook of(HookPoint point) {
        return new Hook(point, NO_LAYER);
    }

    public static Hook of(HookPoint point, int layer) {
        return new Hook(point, layer);
    }

    /** TransformerLens's name, such as {@code blocks.4.attn.hook_z}. */
    public String name() {
        return point.inLayers() ? point.template().formatted(layer) : point.template();
    }

    /** All hooks of a model, in the order in which they fire. */
    public static List<Hook> all(int layers) {
        List<Hook> before = new ArrayList<>();
        List<Hook> after = new ArrayList<>();
        for (HookPoint point : HookPoint.values()) {
            if (!point.inLayers()) {
                (point.compareTo(HookPoint.RESID_PRE) < 0 ? before : after).add(of(point));
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            for (HookPoint point : HookPoint.values()) {
                if (point.inLayers()) {
                    before.add(of(point, layer));
                }
            }
        }
        before.addAll(after);
        return List.copyOf(before);
    }

    static Optional<Hook> named(String name, int layers) {
        return all(layers).stream().filter(hook -> hook.name().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name();
    }
}
