package org.headscope.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headscope.refusal.Refusal;

/** Looks at where a command is to write before it begins to compute. */
final class OutputFile {

    private static final Path DEVICES = Path.of("/dev");

    private OutputFile() {
    }

    /**
     * @throws Refusal if a file of this name cannot be made
     */
    static void check(Path file) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new Refusal("%s cannot be written, since it is a folder; choose another file name.".formatted(file));
        }
        if (Files.exists(target) && !Files.isRegularFile(target) || folder.equals(DEVICES)) {
            // Files take their place once they are whole: for a person who may do that, /dev/stdout would be gone.
            throw new Refusal("%s cannot be written, since it is no ordinary file; choose another file name."
                .formatted(file));
        }
        if (!Files.isDirectory(folder)) {
            throw new Refusal("%s cannot be written, since there is no folder %s; make it or choose another place."
                .formatted(file, folder));
        }
        if (!Files.isWritable(folder)) {
            throw new Refusal("%s cannot be written, since the folder %s is read-only; choose another place."
                .formatted(file, folder));
        }
    }

    /**
     * Makes nothing yet, so that a command that is refused for another reason leaves no folder behind.
     *
     * @throws Refusal if a folder of this name is not there and cannot be made, or takes no files
     */
    static void checkFolder(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new Refusal("The folder %s cannot be made, since %s is a file; choose another place."
                .formatted(folder, there));
        }
        if (!Files.isWritable(there)) {
            throw new Refusal("Nothing can be written to %s, since the folder %s is read-only; choose another place."
                .formatted(folder, there));
        }
    }

    /**
     * Makes a folder unless it is there.
     *
     * @throws Refusal if that cannot be done
     */
    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Refusal("The folder %s cannot be made (%s); choose another place.".formatted(folder,
                e.getClass().getSimpleName()), e);
        }
    }
}
