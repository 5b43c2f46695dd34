package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same mistakes in every command that allows them: one sentence that names what is wrong, status 2, nothing on
 * standard output, and no file or folder that was not there before.
 */
class BadInputTest {

    /** Where commands write; its real place is put in when a case runs. */
    private static final String HERE = "HERE/";
    private static final String FILE = "file.txt";

    private static final String CLEAN = "Tom went to the store. Tom";
    private static final String CORRUPT = "Tom went to the store. Sarah";
    private static final String MANY = " to".repeat(1024);
    private static final String LONG = MANY + " the";
    private static final String TWO = " went to";

    private static final String[] PAIR = {"--clean", CLEAN, "--corrupt", CORRUPT};
    private static final String[] PATCH = with("patch", with(PAIR, "--at", "L1H2.z", "--token", "#81"));
    private static final String[] HEADS = {"--what", "z", "--by", "head", "--csv", HERE + "s.csv", "--png",
        HERE + "s.png"};
    private static final String[] SWEEP = with("sweep", with(PAIR, with(HEADS, "--metric", "diff:#81:#367")));

    @TempDir
    private Path folder;

    private static String[] with(String first, String... others) {
        return with(new String[] {first}, others);
    }

    private static String[] with(String[] first, String... others) {
        return Stream.of(first, others).flatMap(Stream::of).toArray(String[]::new);
    }

    /** With the value of one option changed. */
    private static String[] with(String[] args, Map<String, String> changed) {
        String[] others = args.clone();
        for (int i = 1; i < args.length; i++) {
            others[i] = changed.getOrDefault(args[i - 1], others[i]);
        }
        return others;
    }

    /** A command that would succeed, for every command that is about a model. */
    private static List<String[]> whole() {
        return List.of(new String[] {"demo", "--out", HERE + "demo"}, with("tokens", CLEAN),
            with("run", CLEAN, "--out", HERE + "a.safetensors"), PATCH, SWEEP, with("heads", CLEAN),
            with("lens", CLEAN), with("attribute", CLEAN, "--token", "#81"), with("circuits", "--of", "copying"),
            with("generate", CLEAN), with("figure", CLEAN, "--out", HERE + "f.png"), with("check"), with("bench"));
    }

    /** With another prompt, for every command that has one prompt. */
    private static List<String[]> about(String prompt) {
        return List.of(with("run", prompt, "--out", HERE + "a.safetensors"), with("heads", prompt),
            with("lens", prompt), with("attribute", prompt, "--token", "#81"), with("generate", prompt),
            with("figure", prompt, "--out", HERE + "f.png"));
    }

    private static Stream<Arguments> cases(String part, Stream<String[]> commands) {
        return commands.map(command -> Arguments.of(part, List.of(command)));
    }

    static Stream<Arguments> models() {
        return cases("no model “no/such/model”", whole().stream().map(command -> with(command, "--model",
            "no/such/model")));
    }

    static Stream<Arguments> prompts() {
        return Stream.of(
            cases("empty", about("").stream()),
            cases("empty", Stream.of(with("tokens", ""), with(PATCH, Map.of("--clean", "")),
                with(PATCH, Map.of("--corrupt", "")), with(SWEEP, Map.of("--clean", "")),
                with(SWEEP, Map.of("--corrupt", "")),
                with("figure", CLEAN, "--corrupt", "", "--out", HERE + "f.png"))),
            cases("tokens, but this model reads at most 64", about(LONG).stream()),
            cases("tokens, but this model reads at most 64", Stream.of(
                with(PATCH, Map.of("--clean", LONG, "--corrupt", MANY + " to")),
                with(SWEEP, Map.of("--clean", LONG, "--corrupt", MANY + " to")))),
            cases("8 and 7 tokens", Stream.of(PATCH, SWEEP, with("figure", CLEAN, "--corrupt", "", "--out",
                HERE + "f.png")).map(command -> with(command, Map.of("--corrupt", "Tom went to the store."))))
        ).flatMap(one -> one);
    }

    static Stream<Arguments> names() {
        return Stream.of(
            cases("99", Stream.of(with(PATCH, Map.of("--at", "L99H1.z")),
                with("sweep", with(PAIR, "--to", "L99H1.q", "--metric", "kl")),
                with("sweep", with(PAIR, "--from", "L99H1", "--what", "q", "--metric", "kl")),
                with("circuits", "--of", "OV", "--head", "L99H1"),
                with("figure", CLEAN, "--head", "L99H1", "--out", HERE + "f.svg"))),
            cases("no hook", Stream.of(with(PATCH, Map.of("--at", "L1H1.hook_zz")),
                with(PATCH, Map.of("--at", "blocks.1.attn.hook_zz")),
                with("run", CLEAN, "--hooks", "blocks.1.attn.hook_zz", "--out", HERE + "a.safetensors"))),
            cases("not “zz”", List.<String[]>of(with(SWEEP, Map.of("--what", "zz"))).stream()),
            cases("2 tokens", Stream.of(with(PATCH, Map.of("--token", TWO)),
                with(SWEEP, Map.of("--metric", "logit:" + TWO)), with(SWEEP, Map.of("--metric", "prob:" + TWO)),
                with(SWEEP, Map.of("--metric", "logprob:" + TWO)), with(SWEEP, Map.of("--metric", "diff:#81:" + TWO)),
                with("lens", CLEAN, "--token", TWO), with("attribute", CLEAN, "--token", TWO),
                with("attribute", CLEAN, "--token", "#81", "--versus", TWO)))
        ).flatMap(one -> one);
    }

    static Stream<Arguments> numbers() {
        return cases("NaN", Stream.of(with(PATCH, "--with", "NaN"), with(PATCH, "--strength", "NaN"),
            with(SWEEP, "--with", "NaN"), with("generate", CLEAN, "--temperature", "NaN"),
            with("generate", CLEAN, "--temperature", "1", "--top-p", "NaN"), with("generate", CLEAN, "--new", "NaN"),
            with("run", CLEAN, "--top", "NaN"), with("lens", CLEAN, "--top", "NaN"), with("heads", "--repeat", "NaN"),
            with("circuits", "--of", "QK", "--head", "L0H0", "--top", "NaN"),
            with("figure", CLEAN, "--out", HERE + "f.png", "--width-mm", "NaN"),
            with("figure", CLEAN, "--out", HERE + "f.png", "--dpi", "NaN"),
            with("figure", CLEAN, "--out", HERE + "f.png", "--font-size", "NaN"),
            with("check", "--threads", "NaN"), with("bench", "--runs", "NaN")));
    }

    static Stream<Arguments> files() {
        String below = HERE + FILE + "/x";
        return Stream.of(
            cases(FILE, Stream.of(with("demo", "--out", below), with("demo", "--out", HERE + FILE),
                with("run", CLEAN, "--out", below + ".safetensors"), with(SWEEP, Map.of("--csv", below + ".csv")),
                with(SWEEP, Map.of("--png", below + ".png")), with("figure", CLEAN, "--out", below + ".svg"),
                with("figure", CLEAN, "--out", below + ".csv"),
                with("notebook", HERE + FILE, "--out", below + ".ipynb"))),
            cases("nowhere", Stream.of(with(PATCH, "--with", "mean:" + HERE + "nowhere"),
                with(SWEEP, "--with", "mean:" + HERE + "nowhere"),
                with("sweep", with(HEADS, "--pairs", HERE + "nowhere", "--metric", "diff")),
                with("notebook", HERE + "nowhere", "--out", HERE + "n.ipynb"))),
            cases(FILE, Stream.of(with("notebook", HERE + FILE, "--out", HERE + "n.ipynb"),
                with("sweep", with(HEADS, "--pairs", HERE + FILE, "--metric", "diff"))))
        ).flatMap(one -> one);
    }

    @ParameterizedTest
    @MethodSource({"models", "prompts", "names", "numbers", "files"})
    void isRefusedInOneSentenceAndLeavesNothing(String part, List<String> command) throws IOException {
        Files.writeString(folder.resolve(FILE), "neither a session nor pairs");
        List<String> args = new ArrayList<>(command.stream().map(arg -> arg.replace(HERE, folder + "/")).toList());
        boolean isAboutAModel = !args.contains("--model") && !args.get(0).equals("notebook");
        if (isAboutAModel) {
            args.addAll(List.of("--model", CommandRun.model(Fixture.TINY)));
        }
        Map<Path, String> before = contents();

        CommandRun run = CommandRun.of(args.toArray(String[]::new));

        run.isRefusedWith(part);
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void whatIsNoOrdinaryFileIsNotReplaced() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel open = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.bind(UnixDomainSocketAddress.of(socket));
            CommandRun.of(with(SWEEP, Map.of("--csv", socket.toString()))).isRefusedWith("no ordinary file");
            assertThat(Files.isRegularFile(socket)).isFalse();
        }
        CommandRun.of(with("figure", CLEAN, "--out", "/dev/f.png")).isRefusedWith("no ordinary file");
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(path -> contents.put(path, Files.isDirectory(path) ? "folder" : text(path)));
        }
        return contents;
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
