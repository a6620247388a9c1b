package dev.assay.model.hostile;

import static dev.assay.model.hostile.HostileCheckpoint.refused;
import static dev.assay.model.hostile.Tampering.NORM;
import static dev.assay.model.hostile.Tampering.WEIGHTS;
import static dev.assay.model.hostile.Tampering.header;
import static dev.assay.model.hostile.Tampering.llamaThen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Tensors that are not the model's, and weights that are not numbers to compute with. */
final class HostileWeights {
  private static final String QUERY = "model.layers.0.self_attn.q_proj.weight";

  private HostileWeights() {}

  static Stream<HostileCheckpoint> all() {
    return Stream.of(
        refused("a NaN", Rejection.NON_FINITE_WEIGHT, weight(QUERY, Float.NaN)),
        refused("a NaN in a norm", Rejection.NON_FINITE_WEIGHT, weight(NORM, Float.NaN)),
        refused("an infinity", Rejection.NON_FINITE_WEIGHT, weight(QUERY, Float.POSITIVE_INFINITY)),
        refused(
            "a negative infinity",
            Rejection.NON_FINITE_WEIGHT,
            weight(NORM, Float.NEGATIVE_INFINITY)),
        refused("the largest number", Rejection.NORM_TOO_LARGE, weight(QUERY, Float.MAX_VALUE)),
        refused("a large norm", Rejection.NORM_TOO_LARGE, weight(QUERY, 1001)),
        refused(
            "many large norms",
            Rejection.NORM_TOO_LARGE,
            llamaThen(
                directory -> {
                  for (String part : new String[] {"q", "k", "v", "o"}) {
                    put(directory, "model.layers.0.self_attn." + part + "_proj.weight", 500);
                  }
                })),
        refused(
            "a transposed weight",
            Rejection.WRONG_SHAPE,
            header(h -> shape(h, "model.layers.0.mlp.up_proj.weight", 16, 32))),
        refused("a flat weight", Rejection.WRONG_SHAPE, header(h -> shape(h, QUERY, 256))),
        refused("one dimension more", Rejection.WRONG_SHAPE, header(h -> shape(h, NORM, 1, 16))),
        refused(
            "whole numbers for weights",
            Rejection.UNKNOWN_DTYPE,
            header(h -> ((ObjectNode) h.get(NORM)).put("dtype", "I32"))),
        refused(
            "a tensor by another name",
            Rejection.MISSING_TENSOR,
            header(h -> h.set("model.norm.bias", h.remove(NORM)))),
        refused(
            "a tensor more",
            Rejection.UNEXPECTED_TENSOR,
            header(
                h -> {
                  ObjectNode tensor = h.putObject("model.layers.0.self_attn.rotary_emb.inv_freq");
                  tensor.put("dtype", "F32").putArray("shape").add(0);
                  tensor.putArray("data_offsets").add(0).add(0);
                })),
        refused(
            "a tensor named like a command",
            Rejection.UNEXPECTED_TENSOR,
            header(
                h -> {
                  ObjectNode tensor = h.putObject("\u001b[31m<script>$(reboot)");
                  tensor.put("dtype", "F32").putArray("shape").add(0);
                  tensor.putArray("data_offsets").add(0).add(0);
                })));
  }

  private static void shape(ObjectNode header, String tensor, long... sizes) {
    var shape = ((ObjectNode) header.get(tensor)).putArray("shape");
    for (long size : sizes) {
      shape.add(size);
    }
  }

  private static HostileCheckpoint.Writer weight(String tensor, float value) {
    return llamaThen(directory -> put(directory, tensor, value));
  }

  private static void put(Path directory, String tensor, float value) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
    try (FileChannel file =
        FileChannel.open(directory.resolve(WEIGHTS), StandardOpenOption.WRITE)) {
      file.write(bytes, Tampering.offset(directory, tensor) + 12);
    }
  }
}
