package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.headscope.weights.Gpt2File;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a model's tensors for the engine. While the inference thread works on one matrix, another thread reads the
 * next, so no more than two of them are in memory. Files are read and never mapped: one that somebody shortens
 * meanwhile leads to a refusal, where a mapped one would end the process.
 */
final class WeightReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WeightReader.class);

    /** Of memory, in bytes: processors copy from files several times faster to multiples of it. A line of the cache. */
    private static final int ALIGNMENT = 64;

    /** Rows that are turned together: so many floats fill a line. */
    private static final int STRIP = ALIGNMENT / Float.BYTES;

    /**
     * A matrix as it lies in the file, [in, out].
     *
     * @param turned whether it is wanted as [out, in]
     */
    record Wanted(String name, int in, int out, boolean turned) {

        int size() {
            return Math.multiplyExact(in, out);
        }
    }

    /** What another thread reads while this one goes on. */
    record Table(NDArray array, FutureTask<Void> task) {
    }

    private final Gpt2File file;
    private final DataType type;
    private final List<Wanted> inOrder;
    private final List<Block> rooms;
    /** Of its own: those that all share have other work, the tokenizer's above all, and with two processors are one. */
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "headscope-reading");
        thread.setDaemon(true);
        return thread;
    });
    private final List<FutureTask<Void>> matrices = new ArrayList<>();
    private final List<FutureTask<Void>> tables = new ArrayList<>();
    private int given;

    /**
     * @param type of the arrays that are handed out
     * @param inOrder the matrices that {@link #next} is going to be asked for
     */
    WeightReader(Gpt2File file, DataType type, List<Wanted> inOrder) {
        this.file = file;
        this.type = type;
        this.inOrder = inOrder;
        int longest = inOrder.stream().mapToInt(Wanted::size).max().orElse(0);
        this.rooms = List.of(Block.fresh(longest), Block.fresh(longest));
        begin();
    }

    /** Where a matrix lies until the next but one takes its place. */
    private ByteBuffer room(int which) {
        return rooms.get(which % rooms.size()).floats(inOrder.get(which).size());
    }

    /** Memory for some floats. */
    private static ByteBuffer small(int floats) {
        return ByteBuffer.allocateDirect(Math.addExact(Math.multiplyExact(Float.BYTES, floats), 2 * ALIGNMENT))
            .alignedSlice(ALIGNMENT).order(ByteOrder.nativeOrder());
    }

    private void begin() {
        int which = matrices.size();
        if (which < inOrder.size()) {
            Wanted matrix = inOrder.get(which);
            matrices.add(inBackground(() -> read(matrix, room(which))));
        }
    }

    private FutureTask<Void> inBackground(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        background.execute(task);
        return task;
    }

    /** Does it here if no other thread has come to it yet. */
    private static void await(FutureTask<Void> task) {
        task.run();
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the inference thread.", e);
        }
    }

    private void read(Wanted matrix, ByteBuffer room) {
        if (matrix.turned()) {
            readTurned(matrix, room.clear().asFloatBuffer());
        } else {
            file.read(matrix.name(), 0, matrix.size(), room);
        }
    }

    /** In strips that stay in a core's cache, each of which gives whole lines of the result. */
    private void readTurned(Wanted matrix, FloatBuffer to) {
        int columns = matrix.out();
        // Rows that lie a power of two apart would push one another out of the cache.
        int stride = columns + STRIP;
        float[] strip = new float[STRIP * stride];
        ByteBuffer bytes = small(STRIP * columns);
        for (int first = 0; first < matrix.in(); first += STRIP) {
            int rows = Math.min(STRIP, matrix.in() - first);
            file.read(matrix.name(), (long) first * columns, rows * columns, bytes);
            FloatBuffer floats = bytes.asFloatBuffer();
            for (int row = 0; row < rows; row++) {
                floats.get(strip, row * stride, columns);
            }
            turn(strip, stride, rows, to, matrix, first);
        }
    }

    private static void turn(float[] strip, int stride, int rows, FloatBuffer to, Wanted matrix, int first) {
        int in = matrix.in();
        int out = matrix.out();
        if (rows < STRIP) {
            for (int column = 0; column < out; column++) {
                for (int row = 0; row < rows; row++) {
                    to.put(column * in + first + row, strip[row * stride + column]);
                }
            }
            return;
        }
        for (int column = 0; column < out; column++) {
            turnEight(strip, column, stride, to, column * in + first);
            turnEight(strip, column + 8 * stride, stride, to, column * in + first + 8);
        }
    }

    /** A quarter faster than one after the other: all are on their way before the first is written. */
    private static void turnEight(float[] from, int at, int stride, FloatBuffer to, int there) {
        float first = from[at];
        float second = from[at + stride];
        float third = from[at + 2 * stride];
        float fourth = from[at + 3 * stride];
        float fifth = from[at + 4 * stride];
        float sixth = from[at + 5 * stride];
        float seventh = from[at + 6 * stride];
        float eighth = from[at + 7 * stride];
        to.put(there, first).put(there + 1, second).put(there + 2, third).put(there + 3, fourth)
            .put(there + 4, fifth).put(there + 5, sixth).put(there + 6, seventh).put(there + 7, eighth);
    }

    /**
     * The next matrix, [in, out] or turned. It may be changed, and its memory is used for another as soon as the next
     * is asked for.
     *
     * @throws org.headscope.weights.ModelRefusal if it cannot be read
     */
    NDArray next(NDManager manager) {
        int which = given++;
        Wanted matrix = inOrder.get(which);
        await(matrices.get(which));
        // Not before: the room of the one before is free only now.
        begin();
        Shape shape = matrix.turned() ? new Shape(matrix.out(), matrix.in()) : new Shape(matrix.in(), matrix.out());
        return array(manager, room(which), shape);
    }

    /** A vector of its own, or a small table. */
    NDArray vector(NDManager manager, String name, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        ByteBuffer room = small(size);
        file.read(name, 0, size, room);
        return array(manager, room, new Shape(Arrays.stream(shape).asLongStream().toArray()));
    }

    private NDArray array(NDManager manager, ByteBuffer room, Shape shape) {
        ByteBuffer floats = room.slice(0, Math.toIntExact(Float.BYTES * shape.size())).order(ByteOrder.nativeOrder());
        return inType(manager.create(floats, shape, DataType.FLOAT32));
    }

    /**
     * Begins to read a table that is kept, in single precision.
     *
     * @param block that it is to lie in
     */
    Table begin(NDManager manager, Block block, String name, int rows, int columns) {
        int size = Math.multiplyExact(rows, columns);
        return begin(manager, block, rows, columns, room -> file.read(name, 0, size, room));
    }

    /** Begins to have the memory for a table made ready, whose numbers come from elsewhere. */
    Table prepare(NDManager manager, Block block, int rows, int columns) {
        return begin(manager, block, rows, columns, room -> { });
    }

    private Table begin(NDManager manager, Block block, int rows, int columns, Consumer<ByteBuffer> fill) {
        ByteBuffer room = block.floats((long) rows * columns);
        // With a position of its own: the engine measures what is left of the room, maybe while it is being filled.
        ByteBuffer filled = room.duplicate().order(room.order());
        FutureTask<Void> task = inBackground(() -> {
            block.populate();
            fill.accept(filled);
        });
        tables.add(task);
        return new Table(manager.create(room, new Shape(rows, columns), DataType.FLOAT32), task);
    }

    /** The table, now that it is needed. */
    NDArray finish(Table table) {
        await(table.task());
        return table.array();
    }

    NDArray inType(NDArray array) {
        return type == DataType.FLOAT32 ? array : array.toType(type, false);
    }

    /** Waits until nothing is being read any more: the engine may take the tables' memory back only then. */
    @Override
    public void close() {
        Stream.concat(matrices.stream(), tables.stream()).forEach(task -> {
            try {
                await(task);
            } catch (RuntimeException e) {
                LOG.debug("Nobody needed this any more.", e);
            }
        });
        background.shutdown();
        rooms.forEach(Block::close);
    }
}
