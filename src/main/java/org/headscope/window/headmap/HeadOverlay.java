package org.headscope.window.headmap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.headscope.figure.Shading;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.detect.DetectViewModel.Order;
import org.headscope.window.detect.DetectViewModel.Show;
import org.headscope.window.detect.Detection;
import org.headscope.window.detect.ScoreKind;

/**
 * What the scores add to the head map.
 *
 * @param ranked all heads, the highest score first; empty where they stand by layer
 * @param chips what stands under a head; a head without one is missing
 * @param letters what marks a head that has too little room for its chip
 * @param scores what colours the heads; empty where they show their attention
 * @param shading how scores become colours
 */
record HeadOverlay(List<Head> ranked, Map<Head, String> chips, Map<Head, String> letters, Map<Head, Double> scores,
                   Shading shading) {

    /** @param layers of the model, which may have been scored by nothing yet */
    static HeadOverlay of(DetectViewModel detect, int layers, int heads, Theme theme) {
        if (detect.silentProperty().get()) {
            return new HeadOverlay(List.of(), Map.of(), Map.of(), Map.of(), theme.shading(detect.scale()));
        }
        Detection detection = detect.detectionProperty().get();
        ScoreKind kind = detect.kindProperty().get();
        Map<Head, Double> scores = new HashMap<>();
        Map<Head, String> chips = new HashMap<>();
        Map<Head, String> letters = new HashMap<>();
        for (Head head : all(layers, heads)) {
            detection.score(kind, head).filter(score -> isOf(detection, kind, layers)).ifPresent(score -> {
                scores.put(head, score);
                chip(detection, kind, head, score).ifPresent(chip -> chips.put(head, chip));
            });
            detection.name(head).filter(named -> kind == ScoreKind.BEST && scores.containsKey(head))
                .ifPresent(named -> letters.put(head, named.kind().brief().substring(0, 1).toUpperCase(Locale.ROOT)));
        }
        List<Head> ranked = new ArrayList<>(detect.orderProperty().get() == Order.RANK ? all(layers, heads) : List.of());
        ranked.sort(Comparator.comparingDouble(head -> -scores.getOrDefault(head, Double.NEGATIVE_INFINITY)));
        return new HeadOverlay(scores.isEmpty() ? List.of() : List.copyOf(ranked), Map.copyOf(chips),
            Map.copyOf(letters), detect.showProperty().get() == Show.SCORE ? Map.copyOf(scores) : Map.of(),
            theme.shading(detect.scale()));
    }

    /** Scores of the model before must not stand on another's heads. */
    private static boolean isOf(Detection detection, ScoreKind kind, int layers) {
        return detection.of(kind == ScoreKind.BEST ? ScoreKind.ENTROPY : kind)
            .filter(scores -> scores.layers() != layers).isEmpty();
    }

    private static List<Head> all(int layers, int heads) {
        List<Head> all = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int head = 0; head < heads; head++) {
                all.add(new Head(layer, head));
            }
        }
        return all;
    }

    private static Optional<String> chip(Detection detection, ScoreKind kind, Head head, double score) {
        return kind == ScoreKind.BEST
            ? detection.name(head).map(named -> named.kind().brief() + " " + number(named.score()))
            : Optional.of(number(score));
    }

    static String number(double score) {
        return String.format(Locale.ROOT, "%.2f", score).replace("-0.00", "0.00").replace('-', '−');
    }
}
