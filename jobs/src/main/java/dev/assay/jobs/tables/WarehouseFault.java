package dev.assay.jobs.tables;

import dev.assay.chain.rpc.Reason;
import java.net.URI;

/** Why an object store's address could not be opened, in an operator's words. */
final class WarehouseFault {
  private WarehouseFault() {}

  static String reason(String address, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof ClassNotFoundException || message.contains("No FileSystem for scheme")) {
        String scheme = URI.create(address).getScheme();
        return "nothing here reads "
            + scheme
            + "://; put the jar of its Hadoop file system (s3a: hadoop-aws) on the class path,"
            + " or give paths.warehouse a folder";
      }
    }
    return Reason.of(failure) + "; give paths.warehouse another address";
  }
}
