package org.headscope.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.headscope.model.OutOfMemory;
import org.headscope.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one sentence on standard error and an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String what = what(e, command.getCommandSpec(), args).replaceFirst("\\.$", "");
        command.getErr().println(oneLine("%s%s; “%s --help” tells more.".formatted(what.substring(0, 1)
            .toUpperCase(Locale.ROOT), what.substring(1), command.getCommandSpec().qualifiedName())));
        return ExitCode.USAGE;
    }

    private static String what(ParameterException e, CommandSpec command, String[] args) {
        Optional<String> dashed = Arrays.stream(args).takeWhile(arg -> !arg.equals("--"))
            .filter(arg -> arg.startsWith("-") && !arg.startsWith("--") && arg.contains(" ")).findFirst();
        if (dashed.isPresent() && !command.positionalParameters().isEmpty()) {
            return "“%s” begins with a dash; put “--” before such a prompt".formatted(Text.shortened(dashed.get()));
        }
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage();
        }
        String first = Text.shortened(unmatched.getUnmatched().get(0));
        if (first.startsWith("-")) {
            return "There is no option “%s” here".formatted(first);
        }
        return command.parent() == null ? "There is no command “%s”".formatted(first)
            : "“%s” is one argument too many, since a prompt of several words goes in quotes".formatted(first);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command.getErr());
    }

    /** Says what happened. The stack trace is for the log. */
    static int report(Throwable e, PrintWriter err) {
        LOG.debug("A command ended early.", e);
        if (e instanceof Refusal) {
            err.println(oneLine(e.getMessage()));
            return ExitCode.USAGE;
        }
        if (e instanceof CancellationException) {
            err.println("Stopped before there was anything to show.");
            return Interrupt.STATUS;
        }
        err.println(OutOfMemory.is(e)
            ? "Memory ran out; take a shorter prompt or " + (OutOfMemory.isOfJava(e) ? "give Java more with -Xmx."
                : "close other programs.")
            : oneLine("Headscope failed and does not know why (%s).".formatted(e)));
        return ExitCode.SOFTWARE;
    }

    private static String oneLine(String sentence) {
        return sentence.replaceAll("\\R", " ");
    }
}
