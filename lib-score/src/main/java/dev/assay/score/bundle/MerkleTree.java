package dev.assay.score.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The Merkle tree of RFC 6962, section 2.1, over SHA-256: a leaf is hashed behind a byte 0, two
 * nodes behind a byte 1, and a list is split at the largest power of two below its size.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleTree() {}

  /** The 32 bytes of the root; of no leaves, the hash of nothing. */
  public static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Digests.sha256();
    }
    if (leaves.size() == 1) {
      return Digests.sha256(LEAF, leaves.get(0));
    }
    int split = split(leaves.size());
    return Digests.sha256(
        NODE, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /**
   * What proves that a leaf is in the tree: the hashes beside its path, from the leaf upwards.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public static List<byte[]> proof(List<byte[]> leaves, int index) {
    Objects.checkIndex(index, leaves.size());
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    List<byte[]> path = index < split ? proof(left, index) : proof(right, index - split);
    path.add(index < split ? root(right) : root(left));
    return path;
  }

  /** Whether a proof shows that the leaf is at this index of a tree with so many leaves. */
  public static boolean proves(
      byte[] root, byte[] leaf, int index, int leaves, List<byte[]> proof) {
    if (index < 0 || index >= leaves) {
      return false;
    }
    byte[] hash = rootFrom(leaf, index, leaves, proof);
    return hash != null && Arrays.equals(root, hash);
  }

  private static byte[] rootFrom(byte[] leaf, int index, int leaves, List<byte[]> proof) {
    if (leaves == 1) {
      return proof.isEmpty() ? Digests.sha256(LEAF, leaf) : null;
    }
    if (proof.isEmpty()) {
      return null;
    }
    byte[] beside = proof.get(proof.size() - 1);
    List<byte[]> rest = proof.subList(0, proof.size() - 1);
    int split = split(leaves);
    if (index < split) {
      byte[] left = rootFrom(leaf, index, split, rest);
      return left == null ? null : Digests.sha256(NODE, left, beside);
    }
    byte[] right = rootFrom(leaf, index - split, leaves - split, rest);
    return right == null ? null : Digests.sha256(NODE, beside, right);
  }

  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
