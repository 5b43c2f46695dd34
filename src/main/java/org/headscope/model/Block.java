package org.headscope.model;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory for one of a model's largest tables, outside Java's heap and the engine's. What the system gives afresh costs
 * it several times what copying a file there does, so those of a model that is closed are spare for the next one, until
 * {@link #releaseSpare}. May be used from any thread; whoever reads its floats sees to it that it is not closed
 * meanwhile.
 */
final class Block implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Block.class);

    private static final int PAGE = 4096;

    /** Linux's MADV_POPULATE_WRITE. */
    private static final int POPULATE = 23;

    private static final List<Block> SPARE = new ArrayList<>();

    /** The C library's. */
    private interface Pages extends Library {

        int madvise(Pointer from, NativeLong length, int advice);
    }

    private final long bytes;
    private final Memory memory;
    private boolean isFresh = true;

    private Block(long bytes) {
        this.bytes = bytes;
        this.memory = new Memory(bytes + PAGE);
    }

    /** Memory for so many floats, fresh. */
    static Block fresh(long floats) {
        return new Block(Math.multiplyExact(Float.BYTES, floats));
    }

    /** Memory for so many floats, whatever they are: of a spare block, or fresh once there are no others. */
    static Block of(long floats) {
        long bytes = Math.multiplyExact(Float.BYTES, floats);
        Optional<Block> spare = takeSpare(bytes);
        return spare.orElseGet(() -> {
            releaseSpare();
            return new Block(bytes);
        });
    }

    private static Optional<Block> takeSpare(long bytes) {
        synchronized (SPARE) {
            Optional<Block> spare = SPARE.stream().filter(block -> block.bytes >= bytes && block.bytes <= bytes / 4 * 5)
                .min(Comparator.comparingLong(block -> block.bytes));
            spare.ifPresent(SPARE::remove);
            return spare;
        }
    }

    /** Gives the memory of closed models back to the system. */
    static void releaseSpare() {
        synchronized (SPARE) {
            SPARE.forEach(Block::close);
            SPARE.clear();
        }
    }

    /**
     * Has the system give the memory now, where it can: that takes less than giving each page when it is first touched,
     * and another thread than the one that is going to touch it can see to it.
     */
    void populate() {
        if (isFresh && Platform.isLinux()) {
            try {
                // Systems older than 5.14 refuse it, which harms nobody.
                Native.load(Platform.C_LIBRARY_NAME, Pages.class).madvise(memory.align(PAGE),
                    new NativeLong(bytes / PAGE * PAGE), POPULATE);
            } catch (UnsatisfiedLinkError e) {
                LOG.debug("This C library gives pages only when they are touched.", e);
            }
        }
        isFresh = false;
    }

    /** The first floats of it, in native order, at a multiple of a page. */
    ByteBuffer floats(long count) {
        return memory.align(PAGE).getByteBuffer(0, Math.multiplyExact(Float.BYTES, count))
            .order(ByteOrder.nativeOrder());
    }

    /** Keeps it for the next. Its floats must not be touched any more. */
    void spare() {
        synchronized (SPARE) {
            SPARE.add(this);
        }
    }

    /** Gives it back. Its floats must not be touched any more: that would end the process. */
    @Override
    public void close() {
        memory.close();
    }
}
