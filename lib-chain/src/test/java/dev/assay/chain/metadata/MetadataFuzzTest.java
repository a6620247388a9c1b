package dev.assay.chain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile metadata, and hostile values under types that may be hostile too. */
class MetadataFuzzTest {
  private static final TypeRegistry TYPES = MetadataParser.parse(SmallMetadata.bytes(14)).types();

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16})
  void theSeedIsMetadata(int version) {
    Metadata metadata = MetadataParser.parse(SmallMetadata.bytes(version));
    assertThat(metadata.version()).isEqualTo(version);
    assertThat(metadata.types().size()).isEqualTo(SmallMetadata.TYPES);
    assertThat(metadata.findEntry("Commitments", "CommitmentOf")).isPresent();
  }

  /** Metadata that parses also decodes values, here its own bytes, by each of its types. */
  @FuzzTest
  void metadataIsParsedOrRefusedWithAnOffset(byte[] input) {
    try {
      Metadata metadata = MetadataParser.parse(input);
      for (int type = 0; type < Math.min(64, metadata.types().size()); type++) {
        decode(metadata.types(), type, input);
      }
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  /** The first byte chooses the type. What decodes is encoded in the same bytes. */
  @FuzzTest
  void aValueIsDecodedOrRefusedWithAnOffset(byte[] data) {
    if (data.length > 0) {
      decode(TYPES, (data[0] & 0xff) % TYPES.size(), Arrays.copyOfRange(data, 1, data.length));
    }
  }

  private static void decode(TypeRegistry types, int type, byte[] input) {
    ScaleReader reader = new ScaleReader(input);
    try {
      Value value = types.decode(type, reader);
      assertThat(types.encode(type, value)).isEqualTo(Arrays.copyOf(input, reader.offset()));
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    } catch (ShapeException unsupported) {
      assertThat(unsupported).hasMessageContaining("nest deeper");
    }
  }
}
