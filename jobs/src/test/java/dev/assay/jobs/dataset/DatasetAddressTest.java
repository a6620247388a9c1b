package dev.assay.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.ConfigurationException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetAddressTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String PLACE = "datasets+hf://alice/talk@" + COMMIT;
  private static final String VOUCHED =
      "&blocks=10-29&voucher="
          + Keypair.fromUri("//Alice").account().ss58()
          + "&at=2026-01-01T00:00:00Z&signature="
          + "0f".repeat(64);

  private static DatasetAddress address(String text) {
    return DatasetAddress.of(URI.create(text));
  }

  @Test
  void anAddressSaysAllThatItsVoucherHasSigned() {
    DatasetAddress address = address(PLACE + "?prompt=question&response=the%20answer" + VOUCHED);

    assertThat(address.repository().toString()).isEqualTo("alice/talk");
    assertThat(address.revision().hex()).isEqualTo(COMMIT);
    assertThat(address.columns().response()).contains("the answer");
    assertThat(address.voucher().orElseThrow().lastBlock()).isEqualTo(29);
    assertThat(address.text()).startsWith(address.signed() + "&signature=0f");
  }

  @Test
  void withoutColumnsEachRowIsSigned() {
    DatasetAddress address = address(PLACE + "?files=data/train-*");

    assertThat(address.columns().areSigned()).isTrue();
    assertThat(address.voucher()).isEmpty();
    assertThat(address.files()).containsExactly("data/train-*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?prompt=a | prompt= and response=",
        "?prompt=a&response=b&messages=c | not both",
        "?messages=c | blocks= is missing",
        "?voucher=5F | voucher= has no meaning",
        "?colour=red | colour is none of [at, blocks, files",
        "?messages= | messages= has no value",
        "?messages=a&messages=b | messages= has no value, or two",
      })
  void whatIsWrongWithAnAddressIsTold(String query, String why) {
    assertThatThrownBy(() -> address(PLACE + query))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("NAMESPACE/NAME@COMMIT");
  }

  @Test
  void whatIsWrongWithAVoucherIsTold() {
    String columns = PLACE + "?messages=talk";

    assertThatThrownBy(() -> address(columns + VOUCHED.replace("10-29", "30-29")))
        .hasMessageContaining("blocks= are the first and the last one");
    assertThatThrownBy(() -> address(columns + VOUCHED.replace("2026-01", "26-1")))
        .hasMessageContaining("at= is a time such as");
    assertThatThrownBy(() -> address(columns + VOUCHED.replace("0f0f", "0x0f")))
        .hasMessageContaining("signature= has 128 hex digits");
    assertThatThrownBy(() -> address(columns + VOUCHED + "&files=a"))
        .hasMessageContaining("signature= comes last");
  }

  @Test
  void aBranchIsNoCommit() {
    assertThatThrownBy(() -> address("datasets+hf://alice/talk@main"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("main");
    assertThatThrownBy(() -> address("datasets+hf://alice/talk"))
        .hasMessageContaining("it names no dataset at a commit");
    assertThatThrownBy(() -> address("datasets+hf://alice/../x@" + COMMIT))
        .isInstanceOf(ConfigurationException.class);
  }
}
