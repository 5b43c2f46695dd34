package org.headscope.model;

import java.util.Arrays;
import org.headscope.weights.Tensor;

/** Carries out interventions on the floats of one activation, in place. */
final class Edits {

    /** Where the positions, heads and innermost components of an activation lie in its floats. */
    private record Layout(int positions, int positionStride, int heads, int headStride, int inner) {

        static Layout of(HookPoint.Axes axes, Tensor activation) {
            return switch (axes) {
                case POSITION -> new Layout(activation.extent(1), activation.extent(2), 1, 0, activation.extent(2));
                case POSITION_HEAD -> new Layout(activation.extent(1), activation.extent(2) * activation.extent(3),
                    activation.extent(2), activation.extent(3), activation.extent(3));
                case HEAD_QUERY_KEY -> new Layout(activation.extent(2), activation.extent(3), activation.extent(1),
                    activation.extent(2) * activation.extent(3), activation.extent(3));
            };
        }

        int at(int position, int head, int component) {
            return position * positionStride + head * headStride + component;
        }
    }

    @FunctionalInterface
    private interface NewValue {

        float at(int place, int head, int component);
    }

    private Edits() {
    }

    /** The activation with one intervention carried out. */
    static Tensor apply(Intervention intervention, Tensor activation) {
        Site site = intervention.site();
        Layout layout = Layout.of(site.hook().point().axes(), activation);
        float[] values = activation.toArray();
        NewValue source = source(intervention, activation, layout);
        int lastPosition = Math.min(site.positions().to(), layout.positions() - 1);
        int firstHead = site.head().orElse(0);
        int lastHead = site.head().orElse(layout.heads() - 1);
        int firstComponent = site.key().orElse(0);
        int lastComponent = site.key().orElse(layout.inner() - 1);
        for (int position = site.positions().from(); position <= lastPosition; position++) {
            for (int head = firstHead; head <= lastHead; head++) {
                for (int component = firstComponent; component <= lastComponent; component++) {
                    int place = layout.at(position, head, component);
                    values[place] = source.at(place, head, component);
                }
            }
        }
        return Tensor.of(values, activation.shape());
    }

    private static NewValue source(Intervention intervention, Tensor activation, Layout layout) {
        Replacement replacement = intervention.replacement();
        if (replacement instanceof Replacement.FromRun from) {
            return from(from.run().get(intervention.site().hook()), activation);
        }
        if (replacement instanceof Replacement.Values values) {
            return from(values.activation(), activation);
        }
        if (replacement instanceof Replacement.Constant constant) {
            return (place, head, component) -> constant.value();
        }
        if (replacement instanceof Replacement.Scale scale) {
            return (place, head, component) -> activation.at(place) * scale.factor();
        }
        float[] means = means(activation, layout);
        return (place, head, component) -> means[head * layout.inner() + component];
    }

    private static NewValue from(Tensor other, Tensor activation) {
        if (!Arrays.equals(other.shape(), activation.shape())) {
            throw new SiteRefusal(("The values to put in have the shape %s, the activation has %s; use a run of a "
                + "prompt with as many tokens.").formatted(Arrays.toString(other.shape()),
                Arrays.toString(activation.shape())));
        }
        return (place, head, component) -> other.at(place);
    }

    /** Over positions, [head][component]. */
    private static float[] means(Tensor activation, Layout layout) {
        float[] means = new float[layout.heads() * layout.inner()];
        for (int head = 0; head < layout.heads(); head++) {
            for (int component = 0; component < layout.inner(); component++) {
                double sum = 0;
                for (int position = 0; position < layout.positions(); position++) {
                    sum += activation.at(layout.at(position, head, component));
                }
                means[head * layout.inner() + component] = (float) (sum / layout.positions());
            }
        }
        return means;
    }
}
