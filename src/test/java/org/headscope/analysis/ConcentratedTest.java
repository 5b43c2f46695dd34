package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.headscope.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcentratedTest {

    private static final int WIDTH = 24;
    private static final int ROWS = 90;
    private static final int COLUMNS = 130;

    /** Rows that lie in a space of so many dimensions. */
    private static float[] rows(Random random, int count, int rank) {
        float[] rows = new float[count * WIDTH];
        float[][] directions = new float[rank][WIDTH];
        for (float[] direction : directions) {
            for (int i = 0; i < WIDTH; i++) {
                direction[i] = (float) random.nextGaussian();
            }
        }
        for (int row = 0; row < count; row++) {
            for (int along = 0; along < rank; along++) {
                float much = (float) (random.nextGaussian() * Math.pow(0.7, along));
                for (int i = 0; i < WIDTH; i++) {
                    rows[row * WIDTH + i] += much * directions[along][i];
                }
            }
        }
        return rows;
    }

    private static Concentrated of(float[] x, float[] y) {
        return TestModels.RUNTIME.call(() -> {
            try (EngineArrays arrays = new EngineArrays()) {
                return Concentrated.of(arrays, arrays.of(x, ROWS, WIDTH), arrays.of(y, COLUMNS, WIDTH));
            }
        });
    }

    private static double product(float[] x, int row, float[] y, int column, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) x[row * width + i] * y[column * width + i];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "3, 24", "24, 3", "1, 1", "0, 24", "24, 0", "0, 0"})
    void noEntryIsAboveItsBoundHoweverFewCoordinatesThereAre(int rankOfX, int rankOfY) {
        float[] x = rows(new Random(1), ROWS, rankOfX);
        float[] y = rows(new Random(2), COLUMNS, rankOfY);
        Concentrated concentrated = of(x, y);

        for (int coordinates : new int[] {0, 1, 7, 15, WIDTH}) {
            float[] boundsX = concentrated.boundingX(coordinates);
            float[] boundsY = concentrated.boundingY(coordinates);
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    assertThat(product(boundsX, row, boundsY, column, coordinates + 1))
                        .isGreaterThanOrEqualTo(product(x, row, y, column, WIDTH));
                }
            }
        }
    }

    @Test
    void theFirstCoordinatesHoldMostOfTheProduct() {
        float[] x = rows(new Random(1), ROWS, WIDTH);
        float[] y = rows(new Random(2), COLUMNS, 3);
        Concentrated concentrated = of(x, y);
        float[] boundsX = concentrated.boundingX(3);
        float[] boundsY = concentrated.boundingY(3);

        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                double exact = product(x, row, y, column, WIDTH);
                double slack = Math.sqrt(product(concentrated.x(), row, concentrated.x(), row, WIDTH)
                    * product(concentrated.y(), column, concentrated.y(), column, WIDTH));
                assertThat(product(boundsX, row, boundsY, column, 4)).isBetween(exact, exact + 1e-3 * slack);
            }
        }
    }
}
