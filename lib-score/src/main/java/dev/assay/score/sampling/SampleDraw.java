package dev.assay.score.sampling;

import dev.assay.score.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws the samples of a window: the same for every validator that has the same candidates, and
 * nearly the same where a few candidates differ, because each is drawn or not by its own hash. The
 * candidates with the lowest SHA-256(seed ‖ competition ‖ 0x00 ‖ sample id) are taken, in that
 * order.
 */
public final class SampleDraw {
  private static final int SEED_BYTES = 32;

  /**
   * A sample that could be drawn.
   *
   * @param id the digest of its text
   * @param source the hotkey that produced it
   */
  public record Candidate(String id, String source) {}

  private record Ticket(String hash, Candidate candidate) implements Comparable<Ticket> {
    @Override
    public int compareTo(Ticket other) {
      return hash.compareTo(other.hash);
    }
  }

  private SampleDraw() {}

  /**
   * Draws at most {@code count} samples, and from one source at most its quota of {@code count},
   * rounded up. A feed with too few sources therefore gives fewer samples than asked for.
   *
   * @param blockHash the 32 bytes of the hash of the window's first block, finalised. Without it
   *     there is no draw and no decision
   * @throws IllegalArgumentException if the hash has not 32 bytes or a sample id is there twice
   */
  public static List<Candidate> draw(
      byte[] blockHash,
      String competition,
      Collection<Candidate> candidates,
      int count,
      Sampling sampling) {
    if (blockHash.length != SEED_BYTES) {
      throw new IllegalArgumentException(
          "block hash: has " + blockHash.length + " bytes, must have " + SEED_BYTES);
    }
    Limits.atLeast("samples of competition " + competition, count, 1);
    int quota = (int) Math.ceil(sampling.maxSourceShare() * count);
    Map<String, Integer> drawnOfSource = new HashMap<>();
    List<Candidate> drawn = new ArrayList<>();
    for (Ticket ticket : tickets(blockHash, competition, candidates)) {
      if (drawn.size() == count) {
        break;
      }
      if (drawnOfSource.merge(ticket.candidate().source(), 1, Integer::sum) <= quota) {
        drawn.add(ticket.candidate());
      }
    }
    return List.copyOf(drawn);
  }

  private static List<Ticket> tickets(
      byte[] blockHash, String competition, Collection<Candidate> candidates) {
    MessageDigest sha256 = sha256();
    Set<String> ids = new HashSet<>();
    List<Ticket> tickets = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      if (!ids.add(candidate.id())) {
        throw new IllegalArgumentException(
            "samples: " + candidate.id() + " is there twice, must be there once");
      }
      sha256.update(blockHash);
      sha256.update(competition.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      byte[] hash = sha256.digest(candidate.id().getBytes(StandardCharsets.UTF_8));
      tickets.add(new Ticket(HexFormat.of().formatHex(hash), candidate));
    }
    tickets.sort(null);
    return tickets;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
