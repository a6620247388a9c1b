package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as kernels write them for a container of 32 GiB after a download of 16 GB. */
class ContainerMemoryTest {
  private static final long LIMIT = 34_359_738_368L;

  @TempDir private Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void thePageCacheOfADownloadIsFreeUnderVersion2() throws IOException {
    write("memory.max", "34359738368\n");
    write("memory.current", "18874368000\n");
    write(
        "memory.stat",
        """
        anon 1998585856
        file 16777216000
        kernel 98566144
        shmem 0
        inactive_anon 2097152
        active_anon 1996488704
        inactive_file 16000000000
        active_file 777216000
        """);

    assertThat(ContainerMemory.free(root)).isEqualTo(LIMIT - 18_874_368_000L + 16_000_000_000L);
  }

  @Test
  void thePageCacheOfADownloadIsFreeUnderVersion1() throws IOException {
    write("memory/memory.limit_in_bytes", "34359738368\n");
    write("memory/memory.usage_in_bytes", "18874368000\n");
    write(
        "memory/memory.stat",
        """
        cache 16777216000
        rss 1998585856
        inactive_file 5
        total_cache 16777216000
        total_inactive_file 16000000000
        total_active_file 777216000
        """);

    assertThat(ContainerMemory.free(root)).isEqualTo(LIMIT - 18_874_368_000L + 16_000_000_000L);
  }

  @Test
  void aContainerWithoutALimitBoundsNothing() throws IOException {
    write("memory.max", "max\n");
    write("memory.current", "18874368000\n");

    assertThat(ContainerMemory.free(root)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nothingIsBoundedOutsideAContainer() throws IOException {
    assertThat(ContainerMemory.free(root)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theDriversWordsForAGpuAreMebibytes() {
    assertThat(GpuMemory.mebibytes("80561\n")).isEqualTo(80_561L << 20);
    assertThat(GpuMemory.mebibytes("[N/A]\n")).isEqualTo(Long.MAX_VALUE);
  }
}
