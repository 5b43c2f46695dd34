package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutletTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int runInto(OutputStream out, String... args) {
        return Commands.run(args, new Outlet(out), new PrintStream(err, true));
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {

            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void anAnswerThatIsLostIsAFailure() {
        assertThat(runInto(failing("No space left on device"), "tokens", "Tom", "--json")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("The answer could not be written to "
            + "standard output (No space left on device); make room or write it elsewhere.");
    }

    @Test
    void aSingleByteIsLostLikeMany() {
        Outlet out = new Outlet(failing("No space left on device"));
        assertThatThrownBy(() -> out.write('x')).isInstanceOf(IOException.class);
        assertThat(out.loss()).contains("No space left on device");
    }

    @Test
    void whoeverReadsMayStopReading() {
        assertThat(runInto(failing("Broken pipe"), "tokens", "Tom")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void anAnswerThatArrivesIsTheSame() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(runInto(out, "tokens", "Tom")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(CommandRun.of("tokens", "Tom").succeeded().out());
    }
}
