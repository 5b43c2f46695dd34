package org.headscope.tokens;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A byte-level BPE tokenizer as GPT-2 has it: text to tokens and back without loss.
 *
 * <p>It tokenizes as TransformerLens does, except that nothing is ever cut off: the literal text
 * {@code <|endoftext|>} becomes the one token of that name, wherever it stands. A lone surrogate, which is no
 * character and has no UTF-8, is read as "\uFFFD", in the prompt's text as well (one UTF-16 unit either way, so
 * offsets stay those of the text that was given).
 *
 * <p>All methods may be called from any thread, also at once. {@link #close()} waits for calls that are under way; what
 * needs the native library afterwards throws {@link IllegalStateException}. It works without PyTorch and offline.
 */
public final class Tokenizer implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("#(\\d+)");

    /** How many pieces of a split a sentence shows before it says "…". */
    private static final int SHOWN_PIECES = 6;

    /** How much of a text a sentence repeats. */
    private static final int SHOWN_CHARACTERS = 40;

    private final ReadTokenizer read;
    private final Vocabulary vocabulary;
    private final Path folder;
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    private Tokenizer(ReadTokenizer read, Path folder) {
        this.read = read;
        this.vocabulary = read.vocabulary();
        this.folder = folder;
    }

    /**
     * Reads a tokenizer from a folder in Hugging Face's layout: {@code tokenizer.json}, or {@code vocab.json} with
     * {@code merges.txt}. The folder may lie inside a zip file system. The same file as the one that was read last
     * takes no time.
     *
     * @throws TokenizerRefusal naming the file that is missing or broken
     */
    public static Tokenizer load(Path folder) {
        return new Tokenizer(ReadTokenizer.of(TokenizerFiles.find(folder)), folder);
    }

    /**
     * Loads the library that splits text, which the first tokenizer would load otherwise. Java loads one library at a
     * time: after the engine's has begun, which takes long, a tokenizer would wait for it.
     */
    public static void loadLibrary() {
        ReadTokenizer.loadLibrary();
    }

    /** One more than the highest id; a model's embedding must have at least as many rows. */
    public int size() {
        return vocabulary.size();
    }

    /**
     * The id of {@code <|endoftext|>}.
     *
     * @throws TokenizerRefusal if the vocabulary has no such token
     */
    public int bos() {
        return findBos().orElseThrow(() -> new TokenizerRefusal("The tokenizer in “" + folder + "” has no “"
            + Vocabulary.BOS + "” to begin a prompt with: turn BOS off for this model."));
    }

    /** The id of {@code <|endoftext|>}; empty if the vocabulary has no such token. */
    public OptionalInt findBos() {
        return vocabulary.bos();
    }

    /**
     * The tokens of a text, all of them, however long it is.
     *
     * @param prependBos whether {@code <|endoftext|>} is put before the first token
     * @throws PromptRefusal if the text has no tokens of its own
     * @throws TokenizerRefusal if BOS is asked for and the vocabulary has none
     */
    public Prompt prompt(String text, boolean prependBos) {
        String whole = withoutLoneSurrogates(text);
        List<Token> tokens = new ArrayList<>();
        if (prependBos) {
            tokens.add(new Token(0, bos(), Vocabulary.BOS, vocabulary.bytes(bos()), 0, 0));
        }
        addTokens(whole, tokens);
        if (tokens.size() == (prependBos ? 1 : 0)) {
            throw new PromptRefusal("The prompt is empty: give it some text.");
        }
        return new Prompt(whole, prependBos, tokens);
    }

    /**
     * A prompt of these ids, taken as they are: no BOS is added and {@link Prompt#bos()} is false. Its text is what the
     * ids decode to.
     *
     * @throws PromptRefusal if there are no ids, or one that the vocabulary does not have
     */
    public Prompt ofIds(int... ids) {
        if (ids.length == 0) {
            throw new PromptRefusal("There are no token ids: give at least one.");
        }
        for (int id : ids) {
            if (!vocabulary.has(id)) {
                throw new PromptRefusal(noSuchId(Integer.toString(id)));
            }
        }
        DecodedBytes decoded = new DecodedBytes(concatenated(ids));
        List<Token> tokens = new ArrayList<>(ids.length);
        addTokens(ids, decoded, tokens);
        return new Prompt(decoded.text(), false, tokens);
    }

    /**
     * The id of the one token that this text is, where a leading space counts; {@code #id} names a token by number. A
     * leading "·" stands for the space that refusals and pickers show so, unless the text is a token as it stands.
     *
     * @throws TokenRefusal if it is no token, or several: the sentence shows the split and offers the first piece
     */
    public int single(String text) {
        var number = ID.matcher(text);
        if (number.matches()) {
            return idOf(number.group(1));
        }
        List<Token> pieces = pieces(text);
        if (pieces.size() == 1) {
            return pieces.get(0).id();
        }
        if (text.startsWith("·")) {
            List<Token> spaced = pieces(' ' + text.substring(1));
            if (spaced.size() == 1) {
                return spaced.get(0).id();
            }
        }
        throw severalTokens(text, pieces);
    }

    private int idOf(String digits) {
        // More digits than any id has would overflow the number.
        if (digits.length() > 9 || !vocabulary.has(Long.parseLong(digits))) {
            throw new TokenRefusal(noSuchId('#' + digits), List.of());
        }
        return Integer.parseInt(digits);
    }

    private TokenRefusal severalTokens(String text, List<Token> pieces) {
        if (pieces.isEmpty()) {
            return new TokenRefusal("A token cannot be empty: give text that is one token, or an id such as #"
                + vocabulary.bos().orElse(0) + ".", pieces);
        }
        String split = pieces.stream().limit(SHOWN_PIECES).map(piece -> "“" + piece.label() + "”")
            .collect(Collectors.joining(" + "));
        if (pieces.size() > SHOWN_PIECES) {
            split += " + …";
        }
        Token first = pieces.get(0);
        String sentence = "“" + shown(text) + "” is " + pieces.size() + " tokens, " + split + ": take the first, “"
            + first.label() + "”, ";
        List<Token> spaced = text.startsWith(" ") ? List.of() : pieces(' ' + text);
        if (spaced.size() == 1) {
            Token whole = spaced.get(0);
            sentence += "or begin with a space: “" + whole.label() + "” is the one token #" + whole.id() + ".";
        } else {
            sentence += "or give an id such as #" + first.id() + ".";
        }
        return new TokenRefusal(sentence, pieces);
    }

    /** The text as it was given, on one line and not too long for a sentence. */
    private static String shown(String text) {
        String line = Token.visible(text, ' ');
        boolean fits = line.codePointCount(0, line.length()) <= SHOWN_CHARACTERS;
        return fits ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }

    /**
     * A token of the vocabulary, in no prompt: its index is {@link Token#NOWHERE}.
     *
     * @throws TokenRefusal if there is no such id
     */
    public Token token(int id) {
        return new Token(Token.NOWHERE, checked(id), vocabulary.text(id), vocabulary.bytes(id), 0, 0);
    }

    /**
     * What this token reads alone; "\uFFFD" for part of a character, nothing for an id that the files leave out.
     *
     * @throws TokenRefusal if there is no such id
     */
    public String text(int id) {
        return vocabulary.text(checked(id));
    }

    /**
     * The text of these tokens together: their bytes are joined first, so that characters split over tokens are whole.
     *
     * @throws TokenRefusal if there is no such id
     */
    public String decode(int... ids) {
        for (int id : ids) {
            checked(id);
        }
        return new String(concatenated(ids), StandardCharsets.UTF_8);
    }

    /**
     * Tokens for a picker: those whose text contains the query in any case. First the one that is exactly the query,
     * then the query after a leading space, then what begins with either, then the rest; among equals the query's own
     * case, then the shorter, then the lower id. {@code #id} finds that token as well. A leading "·" is a space.
     *
     * @param limit the most that are returned
     */
    public List<Token> search(String query, int limit) {
        if (query.isEmpty() || limit <= 0) {
            return List.of();
        }
        List<Token> found = new ArrayList<>();
        var number = ID.matcher(query);
        if (number.matches() && number.group(1).length() <= 9) {
            int id = Integer.parseInt(number.group(1));
            if (vocabulary.has(id)) {
                found.add(token(id));
            }
        }
        String text = query.startsWith("·") && query.length() > 1 ? ' ' + query.substring(1) : query;
        for (int id : vocabulary.search(text, limit)) {
            if (found.size() < limit) {
                found.add(token(id));
            }
        }
        return List.copyOf(found);
    }

    /** Lets the native tokenizer go; a second call does nothing. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                read.release();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    private List<Token> pieces(String text) {
        List<Token> pieces = new ArrayList<>();
        addTokens(withoutLoneSurrogates(text), pieces);
        return pieces;
    }

    /** Adds the tokens of a text to those that are there, with the text's own offsets. */
    private void addTokens(String text, List<Token> tokens) {
        if (text.isEmpty()) {
            return;
        }
        Encoding encoding = encode(text);
        int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
        byte[] bytes = concatenated(ids);
        if (Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
            addTokens(ids, new DecodedBytes(bytes), tokens);
        } else {
            addTokens(ids, encoding.getCharTokenSpans(), text, tokens);
        }
    }

    /** Places tokens by their bytes: exact, and independent of how the tokenizer's file sets up its offsets. */
    private void addTokens(int[] ids, DecodedBytes decoded, List<Token> tokens) {
        int at = 0;
        for (int id : ids) {
            byte[] bytes = vocabulary.bytes(id);
            int start = decoded.start(at);
            at += bytes.length;
            int end = bytes.length == 0 ? start : decoded.end(at - 1);
            tokens.add(new Token(tokens.size(), id, vocabulary.text(id), bytes, start, end));
        }
    }

    /**
     * Places tokens by the library's spans, for tokenizers that change the text first (a normalizer, a space put before
     * it), so that the bytes are not those of the text. The library counts code points and leaves out some spans.
     */
    private void addTokens(int[] ids, CharSpan[] spans, String text, List<Token> tokens) {
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        for (int codePoint = 1; codePoint < offsets.length; codePoint++) {
            offsets[codePoint] = text.offsetByCodePoints(offsets[codePoint - 1], 1);
        }
        int start = 0;
        int end = 0;
        for (int i = 0; i < ids.length; i++) {
            CharSpan span = spans[i];
            start = span == null ? end : offsets[span.getStart()];
            end = span == null ? end : offsets[span.getEnd()];
            tokens.add(new Token(tokens.size(), ids[i], vocabulary.text(ids[i]), vocabulary.bytes(ids[i]), start, end));
        }
    }

    private Encoding encode(String text) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The tokenizer of “" + folder + "” is closed");
            }
            return read.library().encode(text, false, false);
        } finally {
            open.readLock().unlock();
        }
    }

    private byte[] concatenated(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(vocabulary.bytes(id));
        }
        return bytes.toByteArray();
    }

    private int checked(int id) {
        if (!vocabulary.has(id)) {
            throw new TokenRefusal(noSuchId(Integer.toString(id)), List.of());
        }
        return id;
    }

    private String noSuchId(String id) {
        return "There is no token " + id + ": ids go from 0 to " + (size() - 1) + ".";
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length();) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                whole = whole == null ? new StringBuilder(text) : whole;
                whole.setCharAt(i, '\uFFFD');
            }
            i += Character.charCount(codePoint);
        }
        return whole == null ? text : whole.toString();
    }
}
