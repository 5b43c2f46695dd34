package org.headscope.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arguments as they were typed. In the C locale, the usual one in containers, Java replaces every byte that is not
 * ASCII; a model would then read another prompt than the person wrote. Linux still has the bytes.
 */
final class Arguments {

    private static final Logger LOG = LoggerFactory.getLogger(Arguments.class);

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final char REPLACED = '\uFFFD';

    private Arguments() {
    }

    /** The arguments with what was replaced put back, as far as the system tells. */
    static String[] repaired(String[] args) {
        if (String.join("", args).indexOf(REPLACED) < 0 || !Files.isReadable(COMMAND_LINE)) {
            return args;
        }
        try {
            return repaired(args, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
            LOG.debug("The command line cannot be read.", e);
            return args;
        }
    }

    /** @param commandLine of this process, each part of it ended by a zero byte */
    static String[] repaired(String[] args, byte[] commandLine) {
        // Bytes as characters: so they can be split and compared before they are decoded.
        String[] parts = new String(commandLine, StandardCharsets.ISO_8859_1).split("\0", -1);
        int first = parts.length - 1 - args.length;
        if (first < 0) {
            return args;
        }
        String[] repaired = args.clone();
        for (int i = 0; i < args.length; i++) {
            String bytes = parts[first + i];
            if (bytes.replaceAll("[^\\x00-\\x7f]", String.valueOf(REPLACED)).equals(args[i])) {
                repaired[i] = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return repaired;
    }
}
