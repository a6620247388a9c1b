package dev.assay.localnet.chain.runtime;

import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.substrate.RuntimeVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What lies under {@code :code}. The runtimes are this program, so it is a WebAssembly module
 * without functions; clients only ask whether there is code and what its hash is.
 */
final class RuntimeCode {
  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final int CUSTOM_SECTION = 0;
  private static final int CONTINUED = 0x80;

  private RuntimeCode() {}

  /** A module without a section: chains that directories keep begin with it. */
  static byte[] first() {
    return HEADER.clone();
  }

  /** A module with the custom section in which Substrate's runtimes tell their version. */
  static byte[] of(RuntimeVersion version) {
    byte[] name = "runtime_version".getBytes(StandardCharsets.US_ASCII);
    ScaleWriter encoded = new ScaleWriter();
    RuntimeVersion.SHAPE.encoder().accept(encoded, version);
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    leb128(section, name.length);
    section.writeBytes(name);
    section.writeBytes(encoded.toByteArray());
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(HEADER);
    module.write(CUSTOM_SECTION);
    leb128(module, section.size());
    module.writeBytes(section.toByteArray());
    return module.toByteArray();
  }

  private static void leb128(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left >= CONTINUED) {
      out.write((left & 0x7f) | CONTINUED);
      left >>>= 7;
    }
    out.write(left);
  }
}
