package dev.assay.chain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MetadataPropertyTest {
  private static final byte[] ORIGINAL = SmallRuntime.metadata(15);
  private static final Metadata METADATA = MetadataParser.parse(ORIGINAL);

  @Property(tries = 2000)
  void mutatedMetadataParsesOrGivesTheTypedException(
      @ForAll @IntRange(max = 4000) int place,
      @ForAll byte value,
      @ForAll @IntRange(min = 14, max = 16) int version) {
    byte[] mutated = SmallRuntimes.of(version).clone();
    mutated[place % mutated.length] = value;

    assertParsesOrRefuses(mutated);
  }

  @Property(tries = 500)
  void truncatedMetadataIsRefusedInsideTheInput(@ForAll @IntRange(max = 4000) int length) {
    assertParsesOrRefuses(Arrays.copyOf(ORIGINAL, length % ORIGINAL.length));
  }

  @Property(tries = 2000)
  void anyBytesDecodeAsAnyTypeOrGiveTheTypedException(
      @ForAll @Size(max = 200) byte[] input, @ForAll @IntRange(max = 500) int type) {
    ScaleReader reader = new ScaleReader(input);
    int id = type % METADATA.types().size();
    try {
      Value value = METADATA.types().decode(id, reader);
      assertThat(METADATA.types().encode(id, value)).hasSize(reader.offset());
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  private static void assertParsesOrRefuses(byte[] bytes) {
    try {
      assertThat(MetadataParser.parse(bytes).types().size()).isPositive();
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, bytes.length);
    }
  }

  /** The original in each version, written once. */
  private static final class SmallRuntimes {
    private static final byte[][] VERSIONS = {
      SmallRuntime.metadata(14), ORIGINAL, SmallRuntime.metadata(16)
    };

    static byte[] of(int version) {
      return VERSIONS[version - 14];
    }
  }
}
