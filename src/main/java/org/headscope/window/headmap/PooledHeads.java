package org.headscope.window.headmap;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.headscope.figure.PooledRows;
import org.headscope.figure.Thumbnail;
import org.headscope.model.ActivationCache;
import org.headscope.model.AttentionRows;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.window.Pair;

/**
 * The newest pair's heads, each looked at once and kept small: colours, sizes and scales change more often than
 * prompts do. A job that has been replaced may still ask while its successor does.
 */
final class PooledHeads {

    private record Key(Head head, Which which) {
    }

    private record OfPair(int number, Map<Key, PooledRows.Both> heads) {
    }

    private volatile OfPair newest = new OfPair(-1, Map.of());

    /** A head whose layer is done. */
    Thumbnail of(Pair pair, Head head, Which which, boolean hideFirst) {
        PooledRows.Both pooled = heads(pair).computeIfAbsent(new Key(head, which), key -> pooled(pair, head, which));
        return hideFirst ? pooled.withoutFirst() : pooled.whole();
    }

    private synchronized Map<Key, PooledRows.Both> heads(Pair pair) {
        if (newest.number() != pair.number()) {
            newest = new OfPair(pair.number(), new ConcurrentHashMap<>());
        }
        return newest.heads();
    }

    private static PooledRows.Both pooled(Pair pair, Head head, Which which) {
        return switch (which) {
            case CLEAN -> pooled(rows(pair.cleanSoFar(), head));
            case CORRUPT -> pooled(rows(pair.corruptSoFar(), head));
            case DIFFERENCE -> difference(pair, rows(pair.cleanSoFar(), head), rows(pair.corruptSoFar(), head));
        };
    }

    private static AttentionRows rows(Optional<ActivationCache> run, Head head) {
        return run.orElseThrow().rows(head);
    }

    private static PooledRows.Both pooled(AttentionRows attention) {
        return PooledRows.of(attention.tokens(), attention::row);
    }

    private static PooledRows.Both difference(Pair pair, AttentionRows clean, AttentionRows corrupt) {
        if (!pair.isComparable()) {
            throw new IllegalArgumentException("Prompts of different lengths have no difference.");
        }
        float[] difference = new float[clean.tokens()];
        int first = pair.firstDifference();
        return PooledRows.signed(difference.length, first < 0 ? difference.length : first, query -> {
            float[] before = clean.row(query);
            float[] after = corrupt.row(query);
            for (int key = 0; key <= query; key++) {
                difference[key] = before[key] - after[key];
            }
            return difference;
        });
    }
}
