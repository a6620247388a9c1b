package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightInspectionTest {
  private static final String DOWN = "model.layers.1.mlp.down_proj.weight";

  @TempDir Path directory;

  @BeforeEach
  void writeLlama() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());
  }

  @Test
  void soundWeightsPass() {
    assertThatCode(() -> open().inspect(NormLimits.original())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void namesTheElementThatIsNotFinite(float value) throws Exception {
    put(DOWN, 17, value);

    assertThatThrownBy(() -> open().inspect(NormLimits.original()))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.NON_FINITE_WEIGHT))
        .hasMessage("element 17 of \"" + DOWN + "\" is not finite");
  }

  @Test
  void oneProjectionBeyondTheHardLimitIsEnough() throws Exception {
    put(DOWN, 0, 1000.1f);

    assertThatThrownBy(() -> open().inspect(NormLimits.original()))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.NORM_TOO_LARGE))
        .hasMessageContaining(DOWN);
  }

  /** One of two layers in one of six kinds is a mean share of 1/12, in two kinds 1/6. */
  @Test
  void aFewMayExceedTheSoftLimit() throws Exception {
    put(DOWN, 0, 300);
    assertThatCode(() -> open().inspect(NormLimits.original())).doesNotThrowAnyException();

    put("model.layers.0.self_attn.q_proj.weight", 0, 300);
    assertThatThrownBy(() -> open().inspect(NormLimits.original()))
        .hasMessage("16.7 % of the projections have a norm above 200.0; the limit is 15.0 %");
  }

  @Test
  void normsAreNotLimitedElsewhere() throws Exception {
    put("model.embed_tokens.weight", 0, 1e6f);

    assertThatCode(() -> open().inspect(NormLimits.original())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "0000, 0",
    "3c00, 1",
    "bc00, 1",
    "4000, 2",
    "7bff, 65504",
    "0400, 6.103515625e-5",
    "0001, 5.960464477539063e-8"
  })
  void readsHalves(String bits, double magnitude) throws Exception {
    assertThat(norm(ElementType.F16, bits)).isEqualTo(magnitude);
  }

  @ParameterizedTest
  @CsvSource({"F16, 7c00", "F16, fc00", "F16, 7e01", "BF16, 7f80", "BF16, ff80", "BF16, 7fc1"})
  void refusesNarrowElementsThatAreNotFinite(ElementType dtype, String bits) {
    assertThatThrownBy(() -> norm(dtype, bits)).hasMessage("element 5 of \"w\" is not finite");
  }

  @Test
  void addsUpMoreThanOneBlock() throws Exception {
    int count = 200_003;
    ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      data.putFloat(2);
    }
    Path file = Files.write(directory.resolve("long"), data.array());
    TensorEntry entry =
        new TensorEntry("w", ElementType.F32, List.of((long) count), file, 0, 4L * count);
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(new WeightScan().norm(channel, entry))
          .isCloseTo(2 * Math.sqrt(count), within(1e-9));
    }
  }

  /** The norm of seven elements of which the sixth has these bits and the others are 0. */
  private double norm(ElementType dtype, String bits) throws Exception {
    ByteBuffer data = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(10, (short) Integer.parseInt(bits, 16));
    Path file = Files.write(directory.resolve("weights"), data.array());
    try (FileChannel channel = FileChannel.open(file)) {
      return new WeightScan().norm(channel, new TensorEntry("w", dtype, List.of(7L), file, 0, 14));
    }
  }

  private Checkpoint open() throws Exception {
    return Checkpoint.open(directory, CheckpointLimits.defaults());
  }

  private void put(String tensor, int element, float value) throws Exception {
    TensorEntry entry = open().tensors().get(tensor);
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
    write(entry.file(), entry.offset() + 4L * element, bytes);
  }

  private static void write(Path file, long position, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes, position);
    }
  }
}
