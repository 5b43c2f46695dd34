package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of the engine that DJL has no method for, called through one line of TorchScript. The archive that the
 * engine loads is put together here, so that no binary file has to be kept beside the source. Belongs to the inference
 * thread, and to those of {@link EngineThreads}.
 */
public final class Kernel implements AutoCloseable {

    /** Of the operators that the line may use: those of PyTorch 1.13 and later. */
    private static final String OPERATORS = "10\n";
    /** Pickles of an object without attributes, and of an empty tuple. */
    private static final String MODULE = "\u0080\u0002c__torch__\nKernel\n)\u0081}b.";
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private final PtSymbolBlock block;

    /**
     * @param parameters the names of the tensors that it takes
     * @param result the expression that gives a tensor
     * @throws ai.djl.engine.EngineException if this build of the engine lacks a function that it calls
     */
    public Kernel(NDManager manager, List<String> parameters, String result) {
        String source = "class Kernel(Module):\n  __parameters__ = []\n  __buffers__ = []\n"
            + "  def forward(self: __torch__.Kernel,\n    " + String.join(": Tensor,\n    ", parameters)
            + ": Tensor) -> Tensor:\n    return " + result + "\n";
        try {
            block = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive(source)), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive(String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", MODULE);
            put(zip, "constants.pkl", NO_CONSTANTS);
            put(zip, "code/__torch__.py", source);
            put(zip, "version", OPERATORS);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry("kernel/" + name));
        zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
    }

    /** The result belongs to the manager of the first operand, as with DJL's own methods. */
    public NDArray apply(NDArray... operands) {
        IValue[] values = Arrays.stream(operands).map(operand -> IValue.from((PtNDArray) operand))
            .toArray(IValue[]::new);
        try (IValue result = block.forward(values)) {
            return result.toTensor((PtNDManager) operands[0].getManager());
        } finally {
            Arrays.stream(values).forEach(IValue::close);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
