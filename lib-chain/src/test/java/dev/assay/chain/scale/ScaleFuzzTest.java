package dev.assay.chain.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Hostile SCALE: every read gives a value or a {@link ScaleException}, and never passes the input's
 * end.
 */
class ScaleFuzzTest {

  /** The first half says what to read, the second is read. */
  @FuzzTest
  void readsEndInAValueOrAnOffset(byte[] data) {
    byte[] reads = Arrays.copyOf(data, data.length / 2);
    byte[] input = Arrays.copyOfRange(data, data.length / 2, data.length);
    ScaleReader reader = new ScaleReader(input);
    try {
      for (byte read : reads) {
        read(reader, read);
        assertThat(reader.offset()).isBetween(0, input.length);
      }
      reader.end();
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  /** What was read as a compact is written in the same bytes. */
  @FuzzTest
  void aCompactHasOneForm(byte[] input) {
    ScaleReader reader = new ScaleReader(input);
    try {
      byte[] written = new ScaleWriter().compact(reader.compact()).toByteArray();
      assertThat(written).isEqualTo(Arrays.copyOf(input, reader.offset()));
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  private static Object read(ScaleReader reader, byte read) {
    return switch (read & 0x1f) {
      case 0 -> reader.u8();
      case 1 -> reader.u16();
      case 2 -> reader.u32();
      case 3 -> reader.u64();
      case 4 -> reader.u128();
      case 5 -> reader.u256();
      case 6 -> reader.i8();
      case 7 -> reader.i16();
      case 8 -> reader.i32();
      case 9 -> reader.i128();
      case 10 -> reader.i256();
      case 11 -> reader.bool();
      case 12 -> reader.compactInt();
      case 13 -> reader.compactLong();
      case 14 -> reader.compact();
      case 15 -> reader.byteVec();
      case 16 -> reader.string();
      case 17 -> reader.vec(ScaleReader::u16);
      case 18 -> reader.vec(each -> each.option(ScaleReader::string));
      case 19 -> reader.option(ScaleReader::byteVec);
      case 20 -> reader.vec(each -> each.vec(ScaleReader::compact));
      case 21 -> reader.count(0);
      default -> reader.bytes(read & 7);
    };
  }
}
