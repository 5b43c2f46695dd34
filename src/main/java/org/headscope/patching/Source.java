package org.headscope.patching;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.headscope.model.ActivationCache;
import org.headscope.model.FixedAttention;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Replacement;

/** Where the values of a patch come from. */
public sealed interface Source {

    Source CLEAN = new Clean();
    Source ZERO = new Number(0);
    Source MEAN = new Mean();

    /** The clean run's values at the same place: activation patching. */
    record Clean() implements Source {

        @Override
        public String toString() {
            return "clean";
        }
    }

    /** The mean over the corrupt prompt's positions: mean ablation. */
    record Mean() implements Source {

        @Override
        public String toString() {
            return "mean";
        }
    }

    /** The mean over reference prompts, the same at every position: mean ablation over a distribution. */
    record ReferenceMean(ReferenceMeans means) implements Source {

        @Override
        public String toString() {
            return "mean over %d reference %s".formatted(means.prompts(), means.prompts() == 1 ? "prompt" : "prompts");
        }
    }

    /** One number everywhere; 0 is zero ablation. */
    record Number(float value) implements Source {

        @Override
        public String toString() {
            return value == 0 ? "zero" : Float.toString(value);
        }
    }

    /** Attention by a rule, of patterns only. */
    record Attention(FixedAttention rule) implements Source {

        @Override
        public String toString() {
            return rule.word() + " attention";
        }
    }

    /** What stands on the command line after {@code --with}; empty if it is none of these. */
    static Optional<Source> parse(String text) {
        switch (text) {
            case "clean":
                return Optional.of(CLEAN);
            case "zero":
                return Optional.of(ZERO);
            case "mean":
                return Optional.of(MEAN);
            case "uniform", "first", "previous":
                return Optional.of(new Attention(FixedAttention.valueOf(text.toUpperCase(Locale.ROOT))));
            default:
                try {
                    // Float.parseFloat would take “1f”, “NaN” and blanks.
                    float value = new BigDecimal(text).floatValue();
                    return Float.isFinite(value) ? Optional.of(new Number(value)) : Optional.empty();
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
        }
    }

    /**
     * Looks whether it can be put in here.
     *
     * @throws ExperimentRefusal if it is attention and this is none
     */
    default void checkFits(HookPoint point) {
        if (this instanceof Attention && point != HookPoint.PATTERN) {
            throw new ExperimentRefusal("%s is no attention; %s can be put into a pattern only, such as L4H1.pattern."
                .formatted(point.shortName(), this));
        }
    }

    /**
     * As the model understands it.
     *
     * @param hook where it is put in
     * @param tokens how many the prompt has that it is put into
     * @param clean the clean run; null where nothing is taken from it
     */
    default Replacement replacement(Hook hook, int tokens, ActivationCache clean) {
        if (this instanceof Number number) {
            return new Replacement.Constant(number.value());
        }
        if (this instanceof Attention attention) {
            return new Replacement.Fixed(attention.rule());
        }
        if (this instanceof ReferenceMean reference) {
            return new Replacement.Values(reference.means().at(hook, tokens));
        }
        return this instanceof Clean ? new Replacement.FromRun(clean) : new Replacement.Mean();
    }
}
