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

        /** @param position the query's, where the activation is a pattern; the component is then the key */
        float at(int position, int head, int component);
    }

    private Edits() {
    }

    /** The activation with one intervention carried out. */
    static Tensor apply(Intervention intervention, Tensor activation) {
        Site site = intervention.site();
        Layout layout = Layout.of(site.hook().point().axes(), activation);
        float[] values = activation.toArray();
        NewValue source = source(intervention.replacement(), site.hook(), activation, layout);
        int lastPosition = Math.min(site.positions().to(), layout.positions() - 1);
        int firstHead = site.head().orElse(0);
        int lastHead = site.head().orElse(layout.heads() - 1);
        int lastComponent = Math.min(site.keys().to(), layout.inner() - 1);
        for (int position = site.positions().from(); position <= lastPosition; position++) {
            for (int head = firstHead; head <= lastHead; head++) {
                for (int component = site.keys().from(); component <= lastComponent; component++) {
                    values[layout.at(position, head, component)] = source.at(position, head, component);
                }
                if (intervention.renormalized()) {
                    renormalize(values, layout.at(position, head, 0), layout.inner());
                }
            }
        }
        return Tensor.of(values, activation.shape());
    }

    /** Rows that nothing is left of, or less, have no sum to be divided by. */
    private static void renormalize(float[] values, int from, int keys) {
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += values[from + key];
        }
        for (int key = 0; sum > 0 && key < keys; key++) {
            values[from + key] = (float) (values[from + key] / sum);
        }
    }

    private static NewValue source(Replacement replacement, Hook hook, Tensor activation, Layout layout) {
        if (replacement instanceof Replacement.FromRun from) {
            return from(from.run().get(hook), activation, layout);
        }
        if (replacement instanceof Replacement.Values values) {
            return from(values.activation(), activation, layout);
        }
        if (replacement instanceof Replacement.Constant constant) {
            return (position, head, component) -> constant.value();
        }
        if (replacement instanceof Replacement.Fixed fixed) {
            return (query, head, key) -> fixed.attention().weight(query, key);
        }
        NewValue own = (position, head, component) -> activation.at(layout.at(position, head, component));
        if (replacement instanceof Replacement.Scale scale) {
            return (position, head, component) -> own.at(position, head, component) * scale.factor();
        }
        if (replacement instanceof Replacement.Blend blend) {
            return blended(own, source(blend.other(), hook, activation, layout), blend.strength());
        }
        float[] means = means(activation, layout);
        return (position, head, component) -> means[head * layout.inner() + component];
    }

    private static NewValue blended(NewValue own, NewValue other, float strength) {
        // Not by the formula at 0, where an own −∞ times 0 would be no number.
        return strength == 0 ? own : (position, head, component) -> (1 - strength) * own.at(position, head, component)
            + strength * other.at(position, head, component);
    }

    private static NewValue from(Tensor other, Tensor activation, Layout layout) {
        if (!Arrays.equals(other.shape(), activation.shape())) {
            throw new SiteRefusal(("The values to put in have the shape %s, the activation has %s; use a run of a "
                + "prompt with as many tokens.").formatted(Arrays.toString(other.shape()),
                Arrays.toString(activation.shape())));
        }
        return (position, head, component) -> other.at(layout.at(position, head, component));
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
