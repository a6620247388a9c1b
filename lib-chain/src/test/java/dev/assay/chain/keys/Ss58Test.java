package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Ss58Test {
  private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

  @Test
  void aliceIsHerPublicKey() {
    assertThat(AccountId.fromSs58(ALICE))
        .isEqualTo(
            AccountId.fromHex(
                "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"));
  }

  @Test
  void everyMistypedLetterIsNoticed() {
    for (int i = 0; i < ALICE.length(); i++) {
      char other = ALICE.charAt(i) == 'k' ? 'm' : 'k';
      String mistyped = ALICE.substring(0, i) + other + ALICE.substring(i + 1);
      assertThatThrownBy(() -> Ss58.decode(mistyped))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(mistyped);
    }
  }

  @Test
  void anotherNetworksAddressIsNamed() {
    String polkadot = Ss58.encode(Ss58.decode(ALICE), 0);

    assertThatThrownBy(() -> Ss58.decode(polkadot)).hasMessageContaining("has the prefix 0");
  }

  @Property(tries = 200)
  void everyAccountComesBack(@ForAll @Size(32) byte[] account) {
    assertThat(Ss58.decode(Ss58.encode(account))).isEqualTo(account);
  }

  @Property(tries = 300)
  void anyTextGivesAnAccountOrOneTypedError(@ForAll String text) {
    try {
      assertThat(Ss58.decode(text)).hasSize(32);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }
}
