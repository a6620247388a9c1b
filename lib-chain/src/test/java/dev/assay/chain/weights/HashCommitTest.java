package dev.assay.chain.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Weight;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashCommitTest {
  private static final AccountId ALICE = Keypair.fromUri("//Alice").account();

  /** The bytes written out by hand: account, storage index, three vectors of u16, u64. */
  @Test
  void theHashCoversAccountIndexWeightsSaltAndKey() {
    HashCommit commit =
        new HashCommit(
            ALICE, 6, 1, List.of(new Weight(1, 65535), new Weight(2, 7)), List.of(9, 10), 27);
    byte[] preimage =
        HexFormat.of()
            .parseHex(
                "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"
                    + "0610"
                    + "0801000200"
                    + "08ffff0700"
                    + "0809000a00"
                    + "1b00000000000000");

    assertThat(commit.hash().bytes()).isEqualTo(Blake2.blake2b256(preimage));
  }

  @Test
  void theSaltComesFromTheGivenSource() {
    HashCommit one = HashCommit.of(ALICE, 6, 0, List.of(), 0, new Random(1));

    assertThat(one).isEqualTo(HashCommit.of(ALICE, 6, 0, List.of(), 0, new Random(1)));
    assertThat(one.salt()).hasSize(8);
    assertThat(one.hash())
        .isNotEqualTo(HashCommit.of(ALICE, 6, 0, List.of(), 0, new Random(2)).hash());
  }
}
