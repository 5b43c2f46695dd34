package org.headscope.window.work;

/** Something to be done off the FX thread. */
@FunctionalInterface
public interface Work<T> {

    T run(Job job) throws Exception;
}
