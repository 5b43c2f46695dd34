package org.headscope.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Cell;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Source;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Processing;

/** Sessions of every kind, the same ones for the same seed. */
final class RandomSessions {

    private static final String[] TEXTS = {"Tom went to the store.", " ", "", "\n\t\\\"'", "東京 🙂 é", "\u0000\u2028</script>",
        "\uD83D", "x\uDE42", "<|endoftext|>", "{}[],:null"};

    private final Random random;

    RandomSessions(long seed) {
        this.random = new Random(seed);
    }

    Session session() {
        return new Session(document(), maybe(this::model), pick("pattern", "compare", "a tab of another day"),
            maybe(() -> new Cell(below(64), below(64))), Optional.empty(),
            random.nextBoolean(), new Ledger(several(this::line)));
    }

    Document document() {
        return new Document(text(), text(), random.nextBoolean(), maybe(this::head), random.nextBoolean(),
            Document.PARTS.get(below(Document.PARTS.size())), new Substitution(source(), pick(Side.values())),
            several(this::patch), several(() -> below(50_257)),
            new Viewing(pick(Which.values()), pick(ScaleChoice.values()), random.nextBoolean(),
                pick(AttentionWeight.values()), pick(Combine.values()), pick(Look.values()), several(this::head),
                pick(TopShare.values()), pick(Direction.values())),
            new Sweeping(Swept.ALL.get(below(Swept.ALL.size())), maybe(this::head), pick(MetricChoice.values()),
                several(() -> below(50_257)), random.nextBoolean()), maybe(this::path));
    }

    private HeadPath path() {
        Head sender = head();
        return new HeadPath(sender, new Head(sender.layer() + 1 + below(9), below(25)),
            pick(HookPoint.Q, HookPoint.K, HookPoint.V));
    }

    private StagedPatch patch() {
        Site site = site();
        boolean isPattern = site.hook().point() == HookPoint.PATTERN;
        Source own = isPattern ? pick(source(), new Source.Attention(pick(FixedAttention.values()))) : source();
        return new StagedPatch(site, maybe(() -> own), random.nextBoolean() ? 1 : random.nextDouble(),
            isPattern && random.nextBoolean(), random.nextBoolean());
    }

    private Ledger.Line line() {
        return new Ledger.Line(Instant.ofEpochSecond(below(Integer.MAX_VALUE), below(1_000_000_000)),
            pick(Ledger.Kind.values()), document(), text(), text(), text(), number(), number(), number(), number());
    }

    private ModelNote model() {
        return new ModelNote(text(), maybe(this::text), pick(Processing.values()),
            new ModelNote.Size(below(100), below(100), below(10_000), below(10_000), below(100_000)));
    }

    private Source source() {
        return pick(Source.CLEAN, Source.ZERO, Source.MEAN, new Source.Number(1e-30f),
            new Source.Number(random.nextFloat() * 100 - 50), new Source.Number(-Float.MAX_VALUE));
    }

    private Site site() {
        HookPoint point = pick(HookPoint.values());
        Hook hook = point.inLayers() ? Hook.of(point, below(12)) : Hook.of(point);
        OptionalInt head = point.hasHeads() && random.nextBoolean() ? OptionalInt.of(below(12)) : OptionalInt.empty();
        int from = below(1_024);
        if (point.hasKeys() && random.nextBoolean()) {
            int key = below(1_024);
            return new Site(hook, head, Positions.only(from), new Positions(key, key + below(3)));
        }
        return new Site(hook, head, pick(Positions.ALL, new Positions(from, from + below(9))), Positions.ALL);
    }

    private Head head() {
        return new Head(below(48), below(25));
    }

    private String text() {
        return TEXTS[below(TEXTS.length)] + TEXTS[below(TEXTS.length)];
    }

    private OptionalDouble number() {
        return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextGaussian() * 1e3);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> several(Supplier<T> value) {
        return Stream.generate(value).limit(below(4)).toList();
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[below(values.length)];
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }
}
