package org.headscope.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints one answer, in the form asked for, once all of it is known. */
abstract class PrintingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private final Interrupt interrupt = new Interrupt();

    /** @throws org.headscope.refusal.Refusal for bad input */
    abstract Answer answer();

    /** Whether the answer is for programs. */
    abstract boolean isJson();

    /** For work that has something to show even when it is cut short. */
    final Interrupt interrupt() {
        return interrupt;
    }

    /** Where to say how far the work is. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    @Override
    public final Integer call() {
        try (interrupt) {
            Answer answer = answer();
            PrintWriter out = spec.commandLine().getOut();
            if (isJson()) {
                out.println(answer.json());
            } else {
                out.print(answer.text());
            }
            out.flush();
            return interrupt.isRequested() ? Interrupt.STATUS : ExitCode.OK;
        }
    }
}
