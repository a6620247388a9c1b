package dev.assay.chain.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ScaleReaderPropertyTest {
  private static final List<Consumer<ScaleReader>> READS =
      List.of(
          ScaleReader::u8,
          ScaleReader::u16,
          ScaleReader::u32,
          ScaleReader::u64,
          ScaleReader::u128,
          ScaleReader::i256,
          ScaleReader::bool,
          ScaleReader::compact,
          ScaleReader::compactInt,
          ScaleReader::compactLong,
          ScaleReader::byteVec,
          ScaleReader::string,
          reader -> reader.vec(ScaleReader::string),
          reader -> reader.option(ScaleReader::u64));

  @Property
  void anyInputGivesAValueOrTheTypedExceptionInsideTheInput(
      @ForAll @Size(max = 80) byte[] input,
      @ForAll @Size(max = 20) List<@IntRange(max = 13) Integer> reads) {
    ScaleReader reader = new ScaleReader(input);
    try {
      reads.forEach(read -> READS.get(read).accept(reader));
      assertThat(reader.offset() + reader.remaining()).isEqualTo(input.length);
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  @Property
  void everyCompactComesBack(
      @ForAll @BigRange(min = "0", max = "340282366920938463463374607431768211455")
          BigInteger value) {
    ScaleReader reader = new ScaleReader(new ScaleWriter().compact(value).toByteArray());

    assertThat(reader.compact()).isEqualTo(value);
    assertThat(reader.remaining()).isZero();
  }

  @Property
  void compactsOfLongsComeBack(@ForAll long bits) {
    byte[] written = new ScaleWriter().compact(bits).toByteArray();

    assertThat(new ScaleReader(written).compactLong()).isEqualTo(bits);
    assertThat(new ScaleReader(written).compact())
        .isEqualTo(new BigInteger(Long.toUnsignedString(bits)));
  }
}
