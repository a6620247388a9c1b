package dev.assay.cli.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.BooleanSupplier;

/**
 * What the process may still print while it ends. After Ctrl-C every thread fails because what it
 * works with is being closed; libraries print such failures with their stack traces, and none of
 * them tells a user anything.
 */
public final class Shutdown {
  private Shutdown() {}

  /** True from the moment in which the process begins to end, before the first hook runs. */
  public static boolean isUnderWay() {
    Thread probe = new Thread(() -> {}, "shutdown-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException shuttingDown) {
      return true;
    }
  }

  /** From here on standard error says nothing once the process ends. */
  public static void silencesStandardError() {
    System.setErr(silenced(System.err, Shutdown::isUnderWay));
  }

  static PrintStream silenced(OutputStream out, BooleanSupplier ended) {
    return new PrintStream(new SilencedStream(out, ended), true, Charset.defaultCharset());
  }

  private static final class SilencedStream extends FilterOutputStream {
    private final BooleanSupplier ended;

    SilencedStream(OutputStream out, BooleanSupplier ended) {
      super(out);
      this.ended = ended;
    }

    @Override
    public void write(int octet) throws IOException {
      if (!ended.getAsBoolean()) {
        out.write(octet);
      }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (!ended.getAsBoolean()) {
        out.write(octets, offset, length);
      }
    }
  }
}
