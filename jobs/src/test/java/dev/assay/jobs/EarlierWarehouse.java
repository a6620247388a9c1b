package dev.assay.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The tables that release 07de487 left; {@code warehouse-07de487.md} says how they were made. */
public final class EarlierWarehouse {
  /** The only evaluation. */
  public static final String EVALUATION =
      "5cae48047a54c6095d15dd5d6560720c087c1c38a4f324fd61ecc17f232b8fca";

  /** The block of the evaluation. */
  public static final long BLOCK = 120;

  /** The hash of that block. */
  public static final String BLOCK_HASH =
      "0xf6210dcbae83d8f133a6d8ba88e3e3348e22e5f6ef43c6c9c4982c7d2412d8d2";

  public static final int NETUID = 6;

  private EarlierWarehouse() {}

  /** Makes the folder {@code tables}. */
  public static void unpack(Path folder) throws IOException {
    try (InputStream resource =
            EarlierWarehouse.class.getResourceAsStream("warehouse-07de487.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(zip, file);
        }
      }
    }
  }
}
