package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.bundle.BundleFolder;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What a bundle's signatures say, on one that release 07de487 left: {@code assay demo --fast},
 * signed by its three validators.
 */
class ReplayCommandTest {
  @TempDir private Path folder;
  private Path bundle;

  @BeforeEach
  void unpack() throws Exception {
    bundle = Files.createDirectory(folder.resolve("bundle"));
    try (InputStream resource = getClass().getResourceAsStream("bundle-07de487.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, bundle.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
  }

  private record Ended(int code, String words) {}

  private Ended replay() {
    StringWriter words = new StringWriter();
    CommandLine command = new CommandLine(new Assay()).setOut(new PrintWriter(words));
    int code = command.execute("replay", bundle.toString());
    return new Ended(code, words.toString());
  }

  private List<Path> files(String ending) throws Exception {
    try (Stream<Path> files = Files.list(bundle)) {
      return files
          .filter(file -> file.getFileName().toString().matches("manifest-.*" + ending))
          .sorted()
          .toList();
    }
  }

  @Test
  void aBundleOfAnEarlierReleaseReplaysOnAnUnknownChain() {
    Ended ended = replay();

    assertThat(ended.code()).isEqualTo(ExitCode.DONE);
    assertThat(ended.words())
        .contains("weights: the same, bit for bit", "chain:   unknown")
        .contains("signed:  by 5Co2RkrP4wfMk4xM9esr5dgLFgqbfyjLSunm5YaZnHh28gVb")
        .contains("signed:  by 5EaEfdqR3Ta4CNcYYNgea4zonqXdN9WURFeHuaKrZkDvdvWx")
        .contains("signed:  by 5FXEuvnc61vePnaSXjwtQ96v9GGpWPtvDM5CYQBboctqePRc")
        .contains("and weights by extrinsic 0x");
  }

  @Test
  void aForgedSignatureFails() throws Exception {
    Files.writeString(files("sig").get(0), "ab".repeat(64) + "\n");

    Ended ended = replay();

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.words())
        .contains("not signed by 5Co2RkrP4wfMk4xM9esr5dgLFgqbfyjLSunm5YaZnHh28gVb")
        .contains("is not this hotkey's");
  }

  @Test
  void aMissingSignatureFails() throws Exception {
    Files.delete(files("sig").get(0));

    Ended ended = replay();

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.words()).contains("signature is missing");
  }

  @Test
  void aManifestThatWasChangedAfterItWasSignedFails() throws Exception {
    Path manifest = files("txt").get(0);
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("(fact included_block )\\d+", "$199"));

    assertThat(replay().code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aBundleThatNobodySignedIsToldSo() throws Exception {
    for (Path file : files("(txt|sig)")) {
      Files.delete(file);
    }

    Ended ended = replay();

    assertThat(ended.code()).isEqualTo(ExitCode.DONE);
    assertThat(ended.words()).contains("signed:  by no validator");
  }

  @Test
  void whoeverSignsAnotherBundleVouchesForNothingHere() throws Exception {
    Keypair mallory = Keypair.fromUri("//Mallory");
    new BundleFolder(bundle).sign(mallory, Map.of());
    Path manifest = bundle.resolve("manifest.txt");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("(fact block )\\d+", "$17"));

    Ended ended = replay();

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.words()).contains("what was signed has another block");
  }
}
