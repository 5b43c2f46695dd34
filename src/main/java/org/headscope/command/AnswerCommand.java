package org.headscope.command;

import picocli.CommandLine.Mixin;

/** A command about one model. */
abstract class AnswerCommand extends PrintingCommand {

    @Mixin
    private CommonOptions common;

    final CommonOptions common() {
        return common;
    }

    @Override
    final boolean isJson() {
        return common.isJson();
    }
}
