package org.headscope.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Small maps with known cells. */
final class Samples {

    static final List<String> TOKENS = List.of("BOS", "Tom", "\u00b7went", "\u00b7home");

    private Samples() {
    }

    /** Attention over four tokens; the future holds 9, which must never be seen. */
    static Matrix attention() {
        return Matrix.attention(4, new float[] {
            1f, 9f, 9f, 9f,
            0.75f, 0.25f, 9f, 9f,
            0.5f, 0.5f, 0f, 9f,
            0f, 1f, 0f, 0f}, 0);
    }

    static Matrix otherAttention() {
        return Matrix.attention(4, new float[] {
            1f, 9f, 9f, 9f,
            0.75f, 0.25f, 9f, 9f,
            0.5f, 0.5f, 0f, 9f,
            0.5f, 0.25f, 0.25f, 0f}, 0);
    }

    /** Every query attends to all its keys alike. */
    static Matrix even(int tokens) {
        float[] values = new float[tokens * tokens];
        for (int row = 0; row < tokens; row++) {
            for (int column = 0; column <= row; column++) {
                values[row * tokens + column] = 1f / (1 + row);
            }
        }
        return Matrix.attention(tokens, values, 0);
    }

    static List<String> tokens(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\u00b7token" + i % 7).toList();
    }

    static Heatmap heatmap() {
        return Heatmap.attention("L4H1 attention pattern", "Tom went home", TOKENS, attention(), Scale.absolute());
    }

    static Triptych triptych() {
        return new Triptych("L4H1", "demo", "Tom went home", "Tom went out", TOKENS,
                List.of("BOS", "Tom", "\u00b7went", "\u00b7out"), attention(), otherAttention(), Scale.absolute(),
                Scale.signedUnit(), null);
    }

    static HeadGrid grid(int layers, int heads, Matrix map, List<String> tokens) {
        List<List<Matrix>> grid = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            grid.add(Collections.nCopies(heads, map));
        }
        return HeadGrid.attention("All attention patterns", "demo", tokens, grid, Scale.absolute());
    }

    static HeadRow row(int heads) {
        List<NamedMap> maps = IntStream.range(0, heads).mapToObj(i -> new NamedMap("L0H" + i, attention())).toList();
        return HeadRow.attention("Layer 0", "demo", TOKENS, maps, Scale.absolute());
    }
}
