package org.headscope.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two prompts laid over one another, column by column. Only the shorter one has gaps, as many as it is shorter, placed
 * so that as few columns as possible hold two different tokens, and as late as that allows.
 *
 * @param columns in order
 */
public record Alignment(Prompt clean, Prompt corrupt, List<Column> columns) {

    /** Stands for no token in a column. */
    public static final int GAP = -1;

    /** Above this many steps the gaps are put where the prompts first differ. */
    private static final long MOST_STEPS = 2_000_000;

    /**
     * One column.
     *
     * @param clean the position of its token in the clean prompt, or {@link #GAP}
     * @param corrupt the position of its token in the corrupt prompt, or {@link #GAP}
     */
    public record Column(int clean, int corrupt) {

        public boolean isGap() {
            return clean == GAP || corrupt == GAP;
        }
    }

    public Alignment {
        columns = List.copyOf(columns);
    }

    public static Alignment of(Prompt clean, Prompt corrupt) {
        boolean cleanIsLonger = clean.size() >= corrupt.size();
        int[] matches = matches(cleanIsLonger ? clean.ids() : corrupt.ids(),
            cleanIsLonger ? corrupt.ids() : clean.ids());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < matches.length; i++) {
            columns.add(cleanIsLonger ? new Column(i, matches[i]) : new Column(matches[i], i));
        }
        return new Alignment(clean, corrupt, columns);
    }

    /** For each position of the longer one that of the shorter one, or a gap. */
    private static int[] matches(int[] longer, int[] shorter) {
        int gaps = longer.length - shorter.length;
        int[] matches = new int[longer.length];
        int prefix = 0;
        while (prefix < shorter.length && longer[prefix] == shorter[prefix]) {
            matches[prefix] = prefix;
            prefix++;
        }
        int rest = longer.length - prefix;
        if ((long) (gaps + 1) * rest > MOST_STEPS) {
            for (int i = prefix; i < longer.length; i++) {
                matches[i] = i < prefix + gaps ? GAP : i - gaps;
            }
            return matches;
        }
        place(longer, shorter, prefix, least(longer, shorter, prefix), matches);
        return matches;
    }

    /** [i − prefix][gaps before i]: the fewest columns from i on that hold two different tokens. */
    private static int[][] least(int[] longer, int[] shorter, int prefix) {
        int gaps = longer.length - shorter.length;
        int[][] least = new int[longer.length - prefix + 1][gaps + 1];
        for (int used = 0; used < gaps; used++) {
            // Gaps that are left over at the end have no column.
            least[longer.length - prefix][used] = Integer.MAX_VALUE / 2;
        }
        for (int i = longer.length - 1; i >= prefix; i--) {
            for (int used = 0; used <= gaps; used++) {
                int at = i - used;
                int paired = at < prefix || at >= shorter.length ? Integer.MAX_VALUE / 2
                    : least[i - prefix + 1][used] + (longer[i] == shorter[at] ? 0 : 1);
                int gap = used < gaps ? least[i - prefix + 1][used + 1] : Integer.MAX_VALUE / 2;
                least[i - prefix][used] = Math.min(paired, gap);
            }
        }
        return least;
    }

    private static void place(int[] longer, int[] shorter, int prefix, int[][] least, int[] matches) {
        int used = 0;
        for (int i = prefix; i < longer.length; i++) {
            int at = i - used;
            boolean paired = at < shorter.length && least[i - prefix][used]
                == least[i - prefix + 1][used] + (longer[i] == shorter[at] ? 0 : 1);
            matches[i] = paired ? at : GAP;
            used += paired ? 0 : 1;
        }
    }

    /** Whether both have the same number of tokens, so that there are no gaps. */
    public boolean isWithoutGaps() {
        return clean.size() == corrupt.size();
    }

    /** The one that has no gaps. */
    public Prompt longer() {
        return clean.size() >= corrupt.size() ? clean : corrupt;
    }

    public Prompt shorter() {
        return longer() == clean ? corrupt : clean;
    }

    /** The tokens that only the longer one has. */
    public List<Token> surplus() {
        return columns.stream().filter(Column::isGap)
            .map(column -> longer().tokens().get(Math.max(column.clean(), column.corrupt()))).toList();
    }

    /** The text of the shorter one with the longer one's tokens in its gaps. */
    public String padded() {
        return columns.stream().map(column -> {
            int own = shorter() == clean ? column.clean() : column.corrupt();
            return own == GAP ? text(longer(), Math.max(column.clean(), column.corrupt())) : text(shorter(), own);
        }).collect(Collectors.joining());
    }

    /** The text of the longer one without the tokens that only it has. */
    public String trimmed() {
        return columns.stream().filter(column -> !column.isGap())
            .map(column -> text(longer(), longer() == clean ? column.clean() : column.corrupt()))
            .collect(Collectors.joining());
    }

    private static String text(Prompt prompt, int position) {
        Token token = prompt.tokens().get(position);
        // A part of a character has the span of the whole one, which is written once.
        int written = position == 0 ? 0 : prompt.tokens().get(position - 1).end();
        return prompt.text().substring(Math.min(token.end(), Math.max(written, token.start())), token.end());
    }
}
