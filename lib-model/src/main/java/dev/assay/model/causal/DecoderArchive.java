package dev.assay.model.causal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the decoder program and its attributes into the archive that PyTorch loads: a zip of stored
 * entries with the code, a pickle of the module object and a version.
 */
final class DecoderArchive {
  /** The program's parts, in the order in which they make one class. */
  private static final List<String> PROGRAM =
      List.of("decoder.py", "attention.py", "experts.py", "head.py", "weights.py", "training.py");

  /**
   * The archive's format version; 10 is the first that knows every operator that the program calls.
   */
  private static final String VERSION = "10\n";

  private DecoderArchive() {}

  static byte[] pack(Map<String, Object> attributes, Layout layout) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "decoder/data.pkl", Pickle.module("Decoder", attributes));
      store(zip, "decoder/code/__torch__.py", program(layout));
      store(zip, "decoder/constants.pkl", Pickle.emptyTuple());
      store(zip, "decoder/version", VERSION.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] program(Layout layout) throws IOException {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    // A processor's PyTorch need not know the operators of another's library.
    String products = layout == Layout.MKL ? "mkl.py" : "onednn.py";
    for (String part : Stream.concat(PROGRAM.stream(), Stream.of(products)).toList()) {
      try (InputStream in = DecoderArchive.class.getResourceAsStream(part)) {
        if (in == null) {
          throw new IllegalStateException("the resource " + part + " is missing from the jar");
        }
        program.writeBytes(in.readAllBytes());
        program.write('\n');
      }
    }
    return program.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
