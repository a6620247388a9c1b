package dev.assay.chain.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleRoundTripTest {
  /** Values and bytes from the SCALE chapter of docs.polkadot.com, and the borders of each mode. */
  @ParameterizedTest
  @CsvSource({
    "0,00",
    "1,04",
    "42,a8",
    "63,fc",
    "64,0101",
    "69,1501",
    "16383,fdff",
    "16384,02000100",
    "65535,feff0300",
    "1073741823,feffffff",
    "1073741824,0300000040",
    "4294967295,03ffffffff",
    "4294967296,070000000001",
    "100000000000000,0b00407a10f35a",
    "18446744073709551615,13ffffffffffffffff",
    "18446744073709551616,17000000000000000001",
    "340282366920938463463374607431768211455,33ffffffffffffffffffffffffffffffff"
  })
  void compactIntegersHaveTheirShortestForm(BigInteger value, String hex) {
    byte[] written = new ScaleWriter().compact(value).toByteArray();

    assertThat(HexFormat.of().formatHex(written)).isEqualTo(hex);
    ScaleReader reader = new ScaleReader(written);
    assertThat(reader.compact()).isEqualTo(value);
    reader.end();
  }

  @ParameterizedTest
  @CsvSource({
    "0100",
    "02000000",
    "0300000000",
    "070000000000",
    "0bffffff3f0000",
    "17ffffffffffffffff00"
  })
  void longerThanNeededCompactsAreRefused(String hex) {
    ScaleReader reader = new ScaleReader(HexFormat.of().parseHex(hex));

    assertThatThrownBy(reader::compact)
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("compact");
  }

  @Test
  void everyKindOfValueComesBack() {
    BigInteger big = BigInteger.ONE.shiftLeft(127).negate();
    byte[] written =
        new ScaleWriter()
            .u8(255)
            .u16(65535)
            .u32(4294967295L)
            .u64(-1)
            .i8(-128)
            .i16(-2)
            .i32(-3)
            .i64(-4)
            .i128(big)
            .u128(BigInteger.TWO.pow(127))
            .i256(big)
            .u256(BigInteger.TEN)
            .bool(true)
            .string("τ is 8")
            .byteVec(new byte[] {1, 2})
            .vec(List.of(7, 8), ScaleWriter::u16)
            .option(Optional.of(9), ScaleWriter::u8)
            .option(Optional.<Integer>empty(), ScaleWriter::u8)
            .toByteArray();

    ScaleReader reader = new ScaleReader(written);
    assertThat(reader.u8()).isEqualTo(255);
    assertThat(reader.u16()).isEqualTo(65535);
    assertThat(reader.u32()).isEqualTo(4294967295L);
    assertThat(reader.u64()).isEqualTo(-1);
    assertThat(reader.i8()).isEqualTo((byte) -128);
    assertThat(reader.i16()).isEqualTo((short) -2);
    assertThat(reader.i32()).isEqualTo(-3);
    assertThat(reader.i64()).isEqualTo(-4);
    assertThat(reader.i128()).isEqualTo(big);
    assertThat(reader.u128()).isEqualTo(BigInteger.TWO.pow(127));
    assertThat(reader.i256()).isEqualTo(big);
    assertThat(reader.u256()).isEqualTo(BigInteger.TEN);
    assertThat(reader.bool()).isTrue();
    assertThat(reader.string()).isEqualTo("τ is 8");
    assertThat(reader.byteVec()).containsExactly(1, 2);
    assertThat(reader.vec(ScaleReader::u16)).containsExactly(7, 8);
    assertThat(reader.option(ScaleReader::u8)).contains(9);
    assertThat(reader.option(ScaleReader::u8)).isEmpty();
    reader.end();
  }

  @Test
  void aCountBeyondTheInputIsRefusedBeforeAllocation() {
    byte[] claim = new ScaleWriter().compact(Integer.MAX_VALUE).u8(0).toByteArray();

    assertThatThrownBy(() -> new ScaleReader(claim).byteVec())
        .isInstanceOf(ScaleException.class)
        .hasMessage("a count of 2147483647 exceeds the 1 that the input can hold (at byte 0)");
  }

  @Test
  void valuesOutsideTheirTypeAreNotWritten() {
    assertThatThrownBy(() -> new ScaleWriter().u16(65536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("65536 is outside the range of u16");
  }

  @Test
  void leftOverBytesAreAnError() {
    ScaleReader reader = new ScaleReader(new byte[3]);
    reader.u8();

    assertThatThrownBy(reader::end).hasMessage("2 bytes are left over (at byte 1)");
  }
}
