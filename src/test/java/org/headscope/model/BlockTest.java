package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.headscope.TestModels;
import org.junit.jupiter.api.Test;

/** All on the inference thread, where models are closed as well: none becomes spare in between. */
class BlockTest {

    /** Of sizes that no model of the suite has. */
    private static final long MANY = 40_000_007;

    private static void alone(Runnable test) {
        TestModels.RUNTIME.call(() -> {
            Block.releaseSpare();
            test.run();
            Block.releaseSpare();
            return null;
        });
    }

    @Test
    void hasRoomForAllItsFloats() {
        Block block = Block.fresh(MANY);
        block.populate();
        FloatBuffer floats = block.floats(MANY).asFloatBuffer();
        floats.put(0, 1).put((int) MANY - 1, 2);

        assertThat(floats.capacity()).isEqualTo((int) MANY);
        assertThat(floats.get(0) + floats.get((int) MANY - 1)).isEqualTo(3);
        block.close();
    }

    @Test
    void theNextModelOfThisSizeGetsWhatIsSpare() {
        alone(() -> {
            Block first = Block.of(MANY);
            Block second = Block.of(MANY);
            first.spare();
            second.spare();

            assertThat(Block.of(MANY - MANY / 10)).isIn(first, second);
            assertThat(Block.of(MANY)).isIn(first, second);
            first.close();
            second.close();
        });
    }

    @Test
    void nothingIsSpareTwice() {
        alone(() -> {
            Block first = Block.of(MANY);
            first.spare();
            Block again = Block.of(MANY);
            Block another = Block.of(MANY);

            assertThat(again).isSameAs(first);
            assertThat(another).isNotSameAs(first);
            again.close();
            another.close();
        });
    }

    @Test
    void aModelOfAnotherSizeFreesWhatItCannotUse() {
        alone(() -> {
            Block large = Block.of(MANY);
            large.spare();
            Block small = Block.of(MANY / 2);
            Block next = Block.of(MANY);

            assertThat(small).isNotSameAs(large);
            assertThat(next).isNotSameAs(large);
            small.close();
            next.close();
        });
    }
}
