package org.headscope.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Every id with its bytes and text. Immutable. */
final class Vocabulary {

    static final String BOS = "<|endoftext|>";

    /** An id that the files leave out: its row may exist in the model, but it stands for no text. */
    private static final byte[] NO_BYTES = {};

    private final byte[][] bytes;
    private final String[] texts;
    private final String[] lowerCase;
    private final OptionalInt bos;

    /**
     * @param spelled tokens in the byte alphabet, with their ids
     * @param literal added tokens such as {@link #BOS}, written as they are, with their ids
     * @param size one more than the highest id
     * @throws IllegalArgumentException if a spelled token is not in the byte alphabet
     */
    Vocabulary(Map<String, Integer> spelled, Map<String, Integer> literal, int size) {
        bytes = new byte[size][];
        texts = new String[size];
        lowerCase = new String[size];
        spelled.forEach((token, id) -> {
            bytes[id] = ByteAlphabet.bytes(token);
            if (bytes[id] == null && !literal.containsKey(token)) {
                throw new IllegalArgumentException("token “" + token + "” is not spelled in bytes");
            }
        });
        literal.forEach((token, id) -> bytes[id] = token.getBytes(StandardCharsets.UTF_8));
        for (int id = 0; id < size; id++) {
            if (bytes[id] == null) {
                bytes[id] = NO_BYTES;
            }
            texts[id] = new String(bytes[id], StandardCharsets.UTF_8);
            lowerCase[id] = texts[id].toLowerCase(Locale.ROOT);
        }
        Integer id = literal.getOrDefault(BOS, spelled.get(BOS));
        bos = id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    int size() {
        return bytes.length;
    }

    boolean has(long id) {
        return id >= 0 && id < bytes.length;
    }

    OptionalInt bos() {
        return bos;
    }

    /** Not a copy: callers in this package only read it. */
    byte[] bytes(int id) {
        return bytes[id];
    }

    String text(int id) {
        return texts[id];
    }

    /** Ids whose text contains the query, best first; see {@link Tokenizer#search}. */
    List<Integer> search(String query, int limit) {
        List<List<Integer>> ranks = new ArrayList<>();
        for (int rank = 0; rank < Rank.COUNT; rank++) {
            ranks.add(new ArrayList<>());
        }
        String lower = query.toLowerCase(Locale.ROOT);
        for (int id = 0; id < bytes.length; id++) {
            int at = lowerCase[id].indexOf(lower);
            if (at >= 0) {
                ranks.get(Rank.of(texts[id], lowerCase[id], at, query, lower)).add(id);
            }
        }
        List<Integer> found = new ArrayList<>();
        for (List<Integer> rank : ranks) {
            if (found.size() < limit) {
                rank.sort(Comparator.comparingInt((Integer id) -> texts[id].length()).thenComparing(id -> id));
                found.addAll(rank.subList(0, Math.min(rank.size(), limit - found.size())));
            }
        }
        return found;
    }

    /** How well a token answers a query; lower is better, and the query's own case before another one. */
    private static final class Rank {

        static final int COUNT = 8;

        private static final int EXACT = 0;
        private static final int SPACED = 2;
        private static final int PREFIX = 4;
        private static final int INSIDE = 6;

        private static int of(String text, String lowerText, int at, String query, String lower) {
            int otherCase = text.contains(query) ? 0 : 1;
            boolean spaced = lowerText.startsWith(" ") && lowerText.startsWith(lower, 1);
            if (at == 0 && lowerText.length() == lower.length()) {
                return EXACT + otherCase;
            }
            if (spaced && lowerText.length() == lower.length() + 1) {
                return SPACED + otherCase;
            }
            return (at == 0 || spaced ? PREFIX : INSIDE) + otherCase;
        }
    }
}
