package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final byte[] COMMAND_LINE =
        "java\0-jar\0headscope.jar\0tokens\0café 🤖\0\0".getBytes(StandardCharsets.UTF_8);

    @Test
    void replacedCharactersComeBack() {
        String[] args = {"tokens", "caf\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD\uFFFD", ""};

        assertThat(Arguments.repaired(args, COMMAND_LINE)).containsExactly("tokens", "café 🤖", "");
    }

    @Test
    void whatDoesNotMatchStaysAsItIs() {
        String[] args = {"tokens", "other \uFFFD", ""};

        assertThat(Arguments.repaired(args, COMMAND_LINE)).containsExactly(args);
        assertThat(Arguments.repaired(args, new byte[0])).containsExactly(args);
        assertThat(Arguments.repaired(new String[] {"tokens", "Tom"})).containsExactly("tokens", "Tom");
    }
}
