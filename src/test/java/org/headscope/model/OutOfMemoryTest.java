package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.CompletionException;
import org.headscope.TestModels;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryTest {

    @Test
    void theEngineSaysSoWhenItCannotHaveWhatItAsksFor() {
        Throwable error = catchThrowable(() -> TestModels.RUNTIME.call(() -> {
            try (NDManager manager = NDManager.newBaseManager()) {
                return manager.zeros(new Shape(1L << 50)).size();
            }
        }));

        assertThat(error).isInstanceOf(EngineException.class);
        assertThat(OutOfMemory.is(error)).as(error.getMessage()).isTrue();
        assertThat(OutOfMemory.isOfJava(error)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DefaultCPUAllocator: not enough memory: you tried to allocate 12 bytes.",
        "CUDA out of memory. Tried to allocate 2.00 GiB.", "std::bad_alloc"})
    void soDoOtherAllocators(String said) {
        assertThat(OutOfMemory.is(new CompletionException(new EngineException(said)))).isTrue();
    }

    @Test
    void javaHasAnErrorOfItsOwn() {
        assertThat(OutOfMemory.is(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(OutOfMemory.isOfJava(new CompletionException(new OutOfMemoryError()))).isTrue();
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(OutOfMemory.is(new EngineException("The size of tensor a must match"))).isFalse();
        assertThat(OutOfMemory.is(new EngineException((String) null))).isFalse();
        assertThat(OutOfMemory.is(new Refusal("There is not enough memory."))).isFalse();
    }
}
