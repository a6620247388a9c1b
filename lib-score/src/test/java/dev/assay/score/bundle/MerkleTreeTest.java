package dev.assay.score.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  /**
   * The empty tree and the tree of one empty leaf, as RFC 6962 and its implementations give them.
   */
  @Test
  void agreesWithKnownRoots() {
    assertThat(hex(MerkleTree.root(List.of())))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(hex(MerkleTree.root(List.of(new byte[0]))))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Property(tries = 100)
  void everyLeafIsProvedAtItsPlaceAndNowhereElse(
      @ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(max = 39) int drawn) {
    int index = drawn % size;
    List<byte[]> leaves = leaves(size);
    byte[] root = MerkleTree.root(leaves);
    List<byte[]> proof = MerkleTree.proof(leaves, index);
    assertThat(MerkleTree.proves(root, leaves.get(index), index, size, proof)).isTrue();
    assertThat(MerkleTree.proves(root, new byte[] {1, 2}, index, size, proof)).isFalse();
    assertThat(MerkleTree.proves(root, leaves.get(index), size, size, proof)).isFalse();
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(root);
    assertThat(MerkleTree.proves(root, leaves.get(index), index, size, longer)).isFalse();
  }

  @Test
  void twoLeavesAreNoneOfTheirJoin() {
    List<byte[]> two = leaves(2);
    byte[] joined = new byte[two.get(0).length + two.get(1).length];
    assertThat(MerkleTree.root(two)).isNotEqualTo(MerkleTree.root(List.of(joined)));
  }

  private static List<byte[]> leaves(int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
    }
    return leaves;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
