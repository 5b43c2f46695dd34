package org.headscope.window.headmap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Thumbnail;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.window.AttentionMaps;
import org.headscope.window.Pair;

/**
 * The newest pair's heads, each looked at once and kept small: colours, sizes and scales change more often than
 * prompts do. A job that has been replaced may still ask while its successor does.
 */
final class PooledHeads {

    private record Key(Head head, Which which) {
    }

    /** The same map with its first column and without it, both of which are asked for by one key. */
    private record Pooled(Thumbnail whole, Thumbnail withoutFirst) {
    }

    private record OfPair(int number, Map<Key, Pooled> heads) {
    }

    private volatile OfPair newest = new OfPair(-1, Map.of());

    /** A head whose layer is done. */
    Thumbnail of(Pair pair, Head head, Which which, boolean hideFirst) {
        Pooled pooled = heads(pair).computeIfAbsent(new Key(head, which), key -> pooled(pair, head, which));
        return hideFirst ? pooled.withoutFirst() : pooled.whole();
    }

    private synchronized Map<Key, Pooled> heads(Pair pair) {
        if (newest.number() != pair.number()) {
            newest = new OfPair(pair.number(), new ConcurrentHashMap<>());
        }
        return newest.heads();
    }

    private static Pooled pooled(Pair pair, Head head, Which which) {
        Matrix matrix = AttentionMaps.of(pair, head, which, false).orElseThrow();
        Matrix hidden = matrix.withHiddenColumns(1);
        return which == Which.DIFFERENCE ? new Pooled(Thumbnail.signed(matrix), Thumbnail.signed(hidden))
            : new Pooled(Thumbnail.of(matrix), Thumbnail.of(hidden));
    }
}
