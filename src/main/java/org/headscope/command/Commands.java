package org.headscope.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line. The exit status is 0, 2 for bad input or 1 for a failure; the last two come with one sentence on
 * standard error and nothing on standard output. It is 130 where Ctrl+C cut the work short and what was done is shown.
 */
@Command(name = "headscope", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = "Shows what GPT-2's attention heads do, with TransformerLens's numbers. Without a command it opens "
        + "the window.",
    footer = {"", "“headscope help COMMAND” tells what a command takes."},
    subcommands = {DemoCommand.class, TokensCommand.class, RunCommand.class, PatchCommand.class, SweepCommand.class,
        HeadsCommand.class, LensCommand.class, AttributeCommand.class,
        CircuitsCommand.class, GenerateCommand.class, FigureCommand.class, ModelsCommand.class,
        NotebookCommand.class, CheckCommand.class, BenchCommand.class, HelpCommand.class})
public final class Commands implements Runnable {

    @Spec
    private CommandSpec spec;

    private Commands() {
    }

    /** Runs a command on the standard streams, which carry UTF-8 whatever the system's own encoding is. */
    public static int run(String... args) {
        return run(Arguments.repaired(args), new Outlet(new FileOutputStream(FileDescriptor.out)), System.err);
    }

    /** What is lost on its way out, such as to a full disk, is a failure, which a script has to hear of. */
    static int run(String[] args, Outlet out, PrintStream err) {
        PrintStream stream = new PrintStream(out);
        int status = run(args, stream, err);
        stream.flush();
        if (status != ExitCode.OK || out.loss().isEmpty()) {
            return status;
        }
        utf8(err).println("The answer could not be written to standard output (%s); make room or write it elsewhere."
            .formatted(out.loss().get()));
        return ExitCode.SOFTWARE;
    }

    /** What is done where nobody named a command and there is no display for the window: the demo. */
    public static int runWithoutDisplay() {
        PrintWriter out = utf8(System.out);
        out.println("No display can be opened here, so Headscope runs its demo instead.");
        return run("demo");
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, out, err, CommandLine.defaultFactory());
    }

    /** @param factory makes the commands */
    static int run(String[] args, PrintStream out, PrintStream err, CommandLine.IFactory factory) {
        Failures failures = new Failures();
        PrintWriter errors = utf8(err);
        CommandLine line = new CommandLine(new Commands(), factory)
            .setOut(utf8(out))
            .setErr(errors)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            // A prompt may begin with @.
            .setExpandAtFiles(false);
        try {
            return line.execute(args);
        } catch (Error e) {
            return Failures.report(e, errors);
        }
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command is named");
    }
}
