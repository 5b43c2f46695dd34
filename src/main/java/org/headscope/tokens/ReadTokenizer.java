package org.headscope.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * A tokenizer's file as the library and this package have read it, which takes them as long as the weights of a small
 * model. Models of a family come with the same file, and what is checked is opened next, so the one that was read last
 * is kept for whoever opens the same, also when nobody uses it any more. May be used from any thread.
 */
final class ReadTokenizer {

    private static final Map<String, String> OPTIONS =
        Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    /** Guarded by the class, as are the users of all. */
    private static ReadTokenizer last;

    private final byte[] json;
    private final HuggingFaceTokenizer library;
    private final Vocabulary vocabulary;
    private int users = 1;

    private ReadTokenizer(byte[] json, HuggingFaceTokenizer library, Vocabulary vocabulary) {
        this.json = json;
        this.library = library;
        this.vocabulary = vocabulary;
    }

    /**
     * To be released.
     *
     * @throws TokenizerRefusal if it is no tokenizer that can be read
     */
    static ReadTokenizer of(TokenizerFiles files) {
        return known(files.json()).orElseGet(() -> keep(read(files)));
    }

    private static synchronized Optional<ReadTokenizer> known(byte[] json) {
        if (last == null || !Arrays.equals(last.json, json)) {
            return Optional.empty();
        }
        last.users++;
        return Optional.of(last);
    }

    private static synchronized ReadTokenizer keep(ReadTokenizer read) {
        if (last != null && last.users == 0) {
            last.library.close();
        }
        last = read;
        return read;
    }

    static void loadLibrary() {
        beOffline();
        LibUtils.checkStatus();
    }

    /** Otherwise DJL reports its use over the network. */
    private static void beOffline() {
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    private static ReadTokenizer read(TokenizerFiles files) {
        beOffline();
        // Each takes about as long: the library reads the file as it is while its tokens are read here.
        ForkJoinTask<HuggingFaceTokenizer> early =
            ForkJoinPool.commonPool().submit(() -> library(files.json(), files.source()));
        TokenizerContents contents;
        Vocabulary vocabulary;
        try {
            contents = TokenizerContents.read(files.json(), files.source());
            vocabulary = contents.vocabulary();
        } catch (RuntimeException e) {
            discard(early);
            throw e;
        }
        return new ReadTokenizer(files.json(), library(files, contents, early), vocabulary);
    }

    private static HuggingFaceTokenizer library(TokenizerFiles files, TokenizerContents contents,
                                                ForkJoinTask<HuggingFaceTokenizer> early) {
        try {
            if (contents.isComplete()) {
                return early.join();
            }
            discard(early);
            return library(contents.completed(files.json()), files.source());
        } catch (IOException | RuntimeException notAccepted) {
            throw TokenizerContents.broken(files.source(), "its parts do not fit together", notAccepted);
        }
    }

    private static HuggingFaceTokenizer library(byte[] json, Path source) throws IOException {
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(LibraryInput.of(json, source)), OPTIONS);
    }

    /** Waits for what is not needed after all, since it cannot be stopped, and frees it. */
    private static void discard(ForkJoinTask<HuggingFaceTokenizer> early) {
        early.quietlyJoin();
        if (early.isCompletedNormally()) {
            early.getRawResult().close();
        }
    }

    HuggingFaceTokenizer library() {
        return library;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** To be called once by each who asked for it, and who does not use it afterwards. */
    void release() {
        synchronized (ReadTokenizer.class) {
            users--;
            if (users == 0 && this != last) {
                library.close();
            }
        }
    }
}
