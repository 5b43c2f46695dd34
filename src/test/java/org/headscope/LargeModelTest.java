package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model of gpt2-small's size, with random weights, fits into a modest machine at its full length. */
class LargeModelTest {

    private static final long MOST_KILOBYTES = 2_500_000;
    private static final Pattern RESULT = Pattern.compile("(.+): (.+); \\d+ ms, (\\d+) kB at most, \\d+ kB now");

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyPatternOf1024TokensFitsInto2500Megabytes() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");
        RandomGpt2.write(folder, RandomGpt2.SMALL, 1, false);

        List<String> lines = probe();

        assertThat(lines).as(String.join("\n", lines)).hasSize(5).allMatch(line -> RESULT.matcher(line).matches());
        List<Matcher> results = lines.stream().map(RESULT::matcher).filter(Matcher::matches).toList();
        assertThat(results).extracting(result -> result.group(1))
            .containsExactly("load", "last8", "last256", "last1024", "all1024");
        String best = results.get(3).group(2).replaceFirst(".*best ", "best ");
        assertThat(results.get(3).group(2)).isEqualTo("1 logits, 12 patterns, " + best);
        assertThat(results.get(4).group(2)).isEqualTo("1024 logits, 12 patterns, " + best);
        for (Matcher result : results) {
            assertThat(Long.parseLong(result.group(3))).as(result.group()).isLessThan(MOST_KILOBYTES);
        }
    }

    /** What the probe prints, in a process with the settings that the application has. */
    private List<String> probe() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = ChildJvm.of(List.of(), LargeModelProbe.class, folder.toString())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
