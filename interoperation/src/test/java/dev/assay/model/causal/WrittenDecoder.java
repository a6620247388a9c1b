package dev.assay.model.causal;

import ai.djl.Device;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The decoder program as an executor with a GPU would load it, written to files, for machines that
 * have a GPU and PyTorch but no Java. It lies in the decoder's own package, whose parts it needs.
 */
public final class WrittenDecoder {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private WrittenDecoder() {}

  /**
   * Writes NAME.pt, the archive, and NAME.calls.json, the calls [[method, arguments], …] that map
   * the checkpoint. Files are named relative to the folder.
   *
   * @param folder which holds the checkpoint's folder as NAME
   */
  public static void write(Path folder, String name, Checkpoint checkpoint, int sequenceLength)
      throws IOException {
    Architecture architecture = new Architecture(checkpoint.config());
    DecoderOptions options =
        new DecoderOptions(
            Precision.F32, Device.gpu(0), 1, sequenceLength, Layout.PLAIN, Optional.empty());
    byte[] archive = DecoderArchive.pack(architecture.attributes(options), options.layout());
    Files.write(folder.resolve(name + ".pt"), archive);
    List<List<Object>> calls =
        ProgramCall.mapping(architecture, checkpoint.tensors()).stream()
            .map(call -> List.of(call.method(), relative(folder, call)))
            .toList();
    JSON.writeValue(folder.resolve(name + ".calls.json").toFile(), calls);
  }

  private static List<Object> relative(Path folder, ProgramCall call) {
    String here = folder.toString() + "/";
    return call.arguments().stream()
        .map(argument -> argument instanceof String text ? text.replace(here, "") : argument)
        .toList();
  }
}
