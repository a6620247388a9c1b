package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.scale.ScaleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metadata of real runtimes that npm packages ship. */
final class PublishedMetadata {
  /** The magic word "meta" and the version. */
  private static final Pattern VERSION_14 = Pattern.compile("0x(6d6574610e[0-9a-f]+)");

  private static final Pattern HEX = Pattern.compile("'0x([0-9a-f]+)'");

  private PublishedMetadata() {}

  /** The main network's at spec version 219, in version 14, as a wallet ships it. */
  static byte[] ofWallet() throws IOException, InterruptedException {
    return digits(
        VERSION_14,
        NodeScripts.unpacked("@bitgo/sdk-coin-tao", "1.16.4")
            .resolve(Path.of("dist", "src", "resources", "mainnet.js")));
  }

  /** A runtime's in a version, such as polkadot's in version 15. */
  static byte[] of(String runtime, int version) throws IOException, InterruptedException {
    byte[] answer = digits(HEX, types("v" + version).resolve(runtime + "-hex.js"));
    // The package keeps what Metadata_metadata_at_version answers.
    return new ScaleReader(answer).option(ScaleReader::byteVec).orElseThrow();
  }

  /** What polkadot.js makes of version 15. */
  static JsonNode asJson(String name) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(types("v15").resolve(name + ".json").toFile());
  }

  private static Path types(String folder) throws IOException, InterruptedException {
    return NodeScripts.unpacked("@polkadot/types-support", "16.5.6")
        .resolve(Path.of("metadata", folder));
  }

  private static byte[] digits(Pattern pattern, Path file) throws IOException {
    Matcher found = pattern.matcher(Files.readString(file));
    assertThat(found.find()).isTrue();
    return HexFormat.of().parseHex(found.group(1));
  }
}
