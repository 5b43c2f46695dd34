package org.headscope.weights;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory pages of mapped files. */
final class Pages {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final int DO_NOT_NEED = 4;
    private static final long SIZE = 4096;

    private Pages() {
    }

    private interface Memory extends Library {

        int madvise(Pointer start, NativeLong length, int advice);
    }

    /**
     * Lets go of the pages of a mapped file that lie in a buffer as a whole; reading them again fetches them again. For
     * a buffer of any other kind this would lose the numbers. Does nothing but on Linux.
     */
    static void letGo(ByteBuffer mapped) {
        if (!Platform.isLinux()) {
            return;
        }
        long start = Pointer.nativeValue(Native.getDirectBufferPointer(mapped));
        long first = (start + SIZE - 1) / SIZE * SIZE;
        long last = (start + mapped.capacity()) / SIZE * SIZE;
        if (last > first) {
            try {
                Native.load(Platform.C_LIBRARY_NAME, Memory.class)
                    .madvise(new Pointer(first), new NativeLong(last - first), DO_NOT_NEED);
            } catch (UnsatisfiedLinkError e) {
                LOG.info("The pages of the weights' file could not be let go.", e);
            }
        }
    }
}
