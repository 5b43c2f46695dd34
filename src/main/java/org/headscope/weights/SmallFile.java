package org.headscope.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file that is read as a whole, unless it is far larger than any of its kind. */
final class SmallFile {

    private static final long LONGEST = 50_000_000;

    private SmallFile() {
    }

    /** @throws ModelRefusal if it cannot be read, is no UTF-8 or absurdly long */
    static String text(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new ModelRefusal("%s has %,d bytes, more than any such file needs; fetch it again."
                    .formatted(path, Files.size(path)));
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new ModelRefusal("%s cannot be read as UTF-8 text (%s); fetch it again."
                .formatted(path, e.getClass().getSimpleName()), e);
        }
    }
}
