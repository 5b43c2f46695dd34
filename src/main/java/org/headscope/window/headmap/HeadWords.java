package org.headscope.window.headmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.headscope.analysis.HeadScores;
import org.headscope.model.Head;
import org.headscope.window.detect.Detection;
import org.headscope.window.detect.ScoreKind;

/** Heads' scores as text. */
final class HeadWords {

    private HeadWords() {
    }

    /** A head and what it can be called, such as "L1H0: induction, random tokens 0.83". */
    static String of(Head head, Detection detection) {
        return detection.name(head).map(named -> "%s: %s %s".formatted(head, named.kind().label().toLowerCase(Locale.ROOT),
            HeadOverlay.number(named.score()))).orElse(head + ": nothing stands out");
    }

    /** Tab-separated: a line a head, a column a kind, every digit. */
    static String table(Detection detection) {
        List<ScoreKind> kinds = new ArrayList<>(List.of(ScoreKind.values()));
        kinds.removeIf(kind -> detection.of(kind).isEmpty());
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        StringJoiner header = new StringJoiner("\t").add("Head");
        kinds.forEach(kind -> header.add(kind.label()));
        lines.add(header.toString());
        List<Head> heads = kinds.isEmpty() ? List.of()
            : detection.of(kinds.get(0)).map(HeadScores::ranked).orElseThrow().stream().sorted().toList();
        for (Head head : heads) {
            StringJoiner line = new StringJoiner("\t").add(head.toString());
            kinds.forEach(kind -> line.add(Double.toString(detection.score(kind, head).orElseThrow())));
            lines.add(line.toString());
        }
        return lines.toString();
    }
}
