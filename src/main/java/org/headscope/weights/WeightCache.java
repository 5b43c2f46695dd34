package org.headscope.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the weights of the large models that were opened last, so that opening one again only maps a file that nobody
 * else writes to. It is never needed: whatever is wrong with it, the weights are read anew.
 *
 * @param folder need not exist; empty if there is no place for it
 * @param smallest how many parameters a model must have to be worth it
 */
record WeightCache(Optional<Path> folder, long smallest) {

    private static final Logger LOG = LoggerFactory.getLogger(WeightCache.class);

    /** Below, processing takes a fraction of a second. The bundled model is far below, distilgpt2 above. */
    static final long SMALLEST = 50_000_000;

    /** Models kept, the one that is being opened among them. */
    private static final int KEPT = 3;

    private static final String ENDING = ".safetensors";
    private static final String UNFINISHED = ".part";

    /** A file that nothing has been written to for so long was left behind by a process that has ended. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    static WeightCache ofEnvironment() {
        return new WeightCache(folder(System.getenv(), System.getProperty("os.name"),
            System.getProperty("user.home")), SMALLEST);
    }

    /** {@code HEADSCOPE_CACHE}, or where each system wants such files. */
    static Optional<Path> folder(Map<String, String> environment, String system, String home) {
        return CacheFolder.of(environment, system, home).map(base -> base.resolve("weights"));
    }

    /**
     * The weights of a model: mapped from the file of an earlier time, or else read, into such a file if that is
     * possible.
     *
     * @throws ModelRefusal if the model's own file is damaged, or a tensor missing or of the wrong shape
     */
    Gpt2Weights weights(ModelFolder model, Processing processing) {
        if (folder.isPresent() && model.config().parameters() >= smallest
            && model.path().getFileSystem() == FileSystems.getDefault()) {
            try {
                return new Kept(model, processing, folder.get()).weights();
            } catch (IOException | UncheckedIOException e) {
                LOG.info("The weights of {} are not kept.", model.path(), e);
            }
        }
        WeightsInMemory memory = new WeightsInMemory(model.config(), processing);
        model.process(processing, memory);
        return memory.weights();
    }

    /** A model's weights in one form, and where they are kept. */
    private record Kept(ModelFolder model, Processing processing, Path folder) {

        Gpt2Weights weights() throws IOException {
            String source = source();
            String name = model.weightFiles().get(0).toRealPath() + (processing == Processing.RAW ? " raw" : "");
            Path file = folder.resolve(hash(name.getBytes(UTF_8)) + ENDING);
            Optional<Gpt2Weights> earlier = read(file, source);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            write(file, source);
            return read(file, source).orElseThrow(() -> new IOException(file + " was changed by somebody else."));
        }

        private Optional<Gpt2Weights> read(Path file, String source) {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                Optional<Gpt2Weights> weights = ProcessedFile.read(file, source, model.config(), processing);
                if (weights.isPresent()) {
                    // So that those not used for the longest time go first.
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                } else {
                    LOG.info("{} is damaged or of another model; the weights are read again.", file);
                }
                return weights;
            } catch (IOException e) {
                LOG.info("{} cannot be read; the weights are read again.", file, e);
                return Optional.empty();
            }
        }

        private void write(Path file, String source) throws IOException {
            Files.createDirectories(folder);
            tidy(folder, file);
            if (Files.getFileStore(folder).getUsableSpace() < 2 * ProcessedFile.size(model.config(), processing)) {
                throw new IOException("The disk of " + folder + " is almost full.");
            }
            Path part = Files.createTempFile(folder, "", UNFINISHED);
            part.toFile().deleteOnExit();
            try {
                try (ProcessedFile out = ProcessedFile.write(part, source, model.config(), processing)) {
                    model.process(processing, out);
                    out.finish();
                }
                if (!source().equals(source)) {
                    throw new IOException("The model was changed while it was read.");
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }

        /** Everything that the weights depend on. */
        private String source() throws IOException {
            StringBuilder files = new StringBuilder();
            for (Path file : model.weightFiles()) {
                files.append(description(file.toRealPath())).append("; ");
            }
            return "%sconfig %s; %s".formatted(files, hash(Files.readAllBytes(model.configFile())),
                processing == Processing.RAW ? "raw" : "processing " + WeightProcessing.VERSION);
        }
    }

    private static String description(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return "%s; %d bytes; modified %s; changed %s".formatted(file, attributes.size(),
            attributes.lastModifiedTime(), changed(file));
    }

    /** Unlike the time of modification, this is not carried over when a file is copied, where there is such a time. */
    private static String changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime").toString();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "unknown";
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Makes room for a file: deletes what was left unfinished, and the models not used for the longest time. */
    private static void tidy(Path folder, Path coming) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            Instant abandoned = Instant.now().minus(ABANDONED);
            all.stream().filter(file -> file.toString().endsWith(UNFINISHED))
                .filter(file -> modified(file).isBefore(abandoned)).forEach(WeightCache::delete);
            all.stream().filter(file -> file.toString().endsWith(ENDING) && !file.equals(coming))
                .sorted(Comparator.comparing(WeightCache::modified).reversed()).skip(KEPT - 1)
                .forEach(WeightCache::delete);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            // Another process has deleted it, or is about to.
            return Instant.MAX;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.info("{} cannot be deleted; it may be in use.", file, e);
        }
    }
}
