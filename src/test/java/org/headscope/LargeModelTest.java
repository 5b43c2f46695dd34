package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model of gpt2-small's size, with random weights, fits into a modest machine, at its full length and swept. */
class LargeModelTest {

    private static final long MOST_KILOBYTES = 2_500_000;
    private static final Pattern RESULT = Pattern.compile("(.+): (.+); \\d+ ms, (\\d+) kB at most, \\d+ kB now");

    private static final long MOST_KILOBYTES_OF_A_SWEEP = 3_000_000;
    private static final Pattern SWEPT =
        Pattern.compile("\\w+: first after (\\d+) ms, cancelled after (\\d+) ms, (\\d+) kB at most");

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() {
        RandomGpt2.write(folder, RandomGpt2.SMALL, 1, false);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyPatternOf1024TokensFitsInto2500Megabytes() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");

        List<String> lines = new ArrayList<>(probe(LargeModelProbe.class, "last"));
        // By itself, since what is left of an earlier run goes when the collector likes.
        lines.addAll(probe(LargeModelProbe.class, "all"));

        assertThat(lines).as(String.join("\n", lines)).hasSize(6).allMatch(line -> RESULT.matcher(line).matches());
        List<Matcher> results = lines.stream().map(RESULT::matcher).filter(Matcher::matches).toList();
        assertThat(results).extracting(result -> result.group(1))
            .containsExactly("load", "last8", "last256", "last1024", "load", "all1024");
        String best = results.get(3).group(2).replaceFirst(".*best ", "best ");
        assertThat(results.get(3).group(2)).isEqualTo("1 logits, 12 patterns, " + best);
        assertThat(results.get(5).group(2)).isEqualTo("1024 logits, 12 patterns, " + best);
        for (Matcher result : results) {
            assertThat(Long.parseLong(result.group(3))).as(result.group()).isLessThan(MOST_KILOBYTES);
        }
    }

    /** However large a sweep is, it shows something at once, ends when it is told to, and leaves memory to others. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void sweepsAreWatchedAndCancelled() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");

        List<String> lines = probe(LargeSweepProbe.class, "");

        assertThat(lines).as(String.join("\n", lines)).hasSize(4).allMatch(line -> SWEPT.matcher(line).matches());
        List<Matcher> sweeps = lines.stream().map(SWEPT::matcher).filter(Matcher::matches).toList();
        // A machine that does other work at the same moment may be late.
        assertThat(sweeps).filteredOn(sweep -> Integer.parseInt(sweep.group(2)) < 500)
            .as(String.join("\n", lines)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(sweeps).allSatisfy(sweep -> {
            assertThat(Integer.parseInt(sweep.group(1))).as(sweep.group()).isLessThan(1_000);
            assertThat(Long.parseLong(sweep.group(3))).as(sweep.group()).isLessThan(MOST_KILOBYTES_OF_A_SWEEP);
        });
    }

    /** What a probe prints, in a process with the settings that the application has. */
    private static List<String> probe(Class<?> main, String what) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder jvm = ChildJvm.of(List.of(), main, folder.toString(), what);
        jvm.environment().put("HEADSCOPE_CACHE", folder.resolve("cache").toString());
        Process process = jvm.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
