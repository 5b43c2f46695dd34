package org.headscope.command;

import java.util.HexFormat;
import org.headscope.command.Table.Align;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.ModelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how a prompt splits. Reads no weights and starts no engine. */
@Command(name = "tokens", description = "Shows a prompt's tokens with their ids and bytes.")
final class TokensCommand extends AnswerCommand {

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Override
    Answer answer() {
        ModelFolder folder = common().folder();
        try (Tokenizer tokenizer = Tokenizer.load(folder.path())) {
            long start = System.nanoTime();
            Prompt prompt = common().prompt(tokenizer, text);
            return Answer.about(folder, common().processing())
                .put("tokens", Json.tokens(prompt))
                .table(table(prompt))
                .seconds((System.nanoTime() - start) / 1e9);
        }
    }

    private static Table table(Prompt prompt) {
        Table table = new Table().column("position", Align.RIGHT).column("id", Align.RIGHT)
            .column("token", Align.LEFT).column("bytes", Align.LEFT);
        HexFormat bytes = HexFormat.ofDelimiter(" ");
        for (Token token : prompt.tokens()) {
            table.row(Integer.toString(token.index()), Integer.toString(token.id()), token.label(),
                bytes.formatHex(token.bytes()));
        }
        return table;
    }
}
