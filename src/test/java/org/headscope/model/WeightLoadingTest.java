package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.weights.Gpt2File;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.ModelRefusal;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How weights come from a file into the engine; {@code WeightProcessingTest} has what they must be there. */
class WeightLoadingTest {

    @TempDir
    Path folder;

    private ModelCopy tiny;

    @BeforeEach
    void copyModel() {
        tiny = ModelCopy.of(Fixture.TINY, folder);
    }

    private static Tensor logits(Gpt2 model) {
        return model.run(Fixture.TINY.ids("text"), RunOptions.plain()).output();
    }

    private void cutOffTo(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(tiny.weightsFile(), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    /** Its memory is the engine's, which has taken it back: reading there would end the process. */
    @ParameterizedTest
    @EnumSource(Processing.class)
    void aModelThatWasClosedRefusesToRun(Processing processing) {
        TestModels.RUNTIME.call(() -> {
            Gpt2 model = new Gpt2(tiny.open(), processing, Gpt2.Precision.SINGLE);
            Gpt2Weights weights = model.weights();
            model.close();

            assertThatIllegalStateException().isThrownBy(() -> logits(model));
            assertThatIllegalStateException().isThrownBy(() -> model.continuing(new int[] {1, 2}, new Cancellation()));
            assertThatIllegalStateException().isThrownBy(() -> weights.embed().floats());
            assertThatIllegalStateException().isThrownBy(() -> weights.unembed().floats());
            assertThatIllegalStateException().isThrownBy(() -> weights.layers().get(0).qkv().floats());
            return null;
        });
    }

    /** Reading what a mapped file no longer has would end the process. */
    @ParameterizedTest
    @EnumSource(Processing.class)
    void aModelWhoseFileIsCutOffWhileItIsOpenKeepsItsNumbers(Processing processing) {
        TestModels.RUNTIME.call(() -> {
            try (Gpt2 open = new Gpt2(tiny.open(), processing, Gpt2.Precision.SINGLE)) {
                Tensor before = logits(open);
                cutOffTo(100);
                assertThat(logits(open)).isEqualTo(before);
            }
            return null;
        });

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> TestModels.weights(tiny.open(), processing))
            .withMessageContaining("fetch it again");
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void aFileThatIsCutOffWhileItIsReadIsRefused(Processing processing) throws IOException {
        long whole = Files.size(tiny.weightsFile());
        for (int part = 1; part < 8; part++) {
            tiny = ModelCopy.of(Fixture.TINY, Files.createDirectory(folder.resolve("part" + part)));
            try (Gpt2File file = tiny.open().openWeights()) {
                cutOffTo(whole * part / 8);
                assertThatExceptionOfType(ModelRefusal.class)
                    .isThrownBy(() -> TestModels.RUNTIME.call(() -> new EngineWeights(file, processing,
                        Gpt2.Precision.SINGLE.type())))
                    .withMessageContaining("ended while it was being read; fetch it again");
            }
        }
    }

    @Test
    void aFileThatIsWrittenToWhileItIsReadIsRefused() throws IOException {
        try (Gpt2File file = tiny.open().openWeights()) {
            Files.setLastModifiedTime(tiny.weightsFile(), FileTime.from(Instant.now().minusSeconds(100)));
            assertThatExceptionOfType(ModelRefusal.class)
                .isThrownBy(() -> TestModels.RUNTIME.call(() -> new EngineWeights(file, Processing.RAW,
                    Gpt2.Precision.SINGLE.type())))
                .withMessageContaining("were changed while they were read; open the model again");
        }
    }

    /** Turned, laid out for the engine and turned back. */
    @Test
    void rawWeightsAreTheFilesBitByBit() {
        List<Tensor> numbers = TestModels.weights(tiny.open(), Processing.RAW);

        assertThat(numbers.get(0)).isEqualTo(tiny.tensors().get("transformer.wte.weight"));
        assertThat(numbers.get(1)).isEqualTo(tiny.tensors().get("transformer.wpe.weight"));
        List<String> parts = List.of("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj");
        for (int layer = 0; layer < tiny.open().config().layers(); layer++) {
            for (int part = 0; part < parts.size(); part++) {
                String name = "transformer.h." + layer + "." + parts.get(part);
                int at = 4 + 8 * layer + 2 * part;
                assertThat(numbers.get(at)).as(name).isEqualTo(tiny.tensors().get(name + ".weight"));
                assertThat(numbers.get(at + 1)).as(name).isEqualTo(tiny.tensors().get(name + ".bias"));
            }
        }
    }
}
