package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.node.UnknownBlockException;
import java.util.List;
import java.util.Optional;

/**
 * Looks for one extrinsic in the chain by its hash. A block that holds it tells its outcome. It is
 * lost if no final block holds it and none can any more: the last block of its era is final, or a
 * final block has its account's nonce beyond it, another runtime than it was signed for, or another
 * block where it was born. Blocks that were seen before they were final are looked at again for
 * that, since a fork may have replaced them.
 */
final class Inclusion {
  private final Node node;
  private final Runtimes runtimes;
  private final SignedExtrinsic extrinsic;
  private long next;
  private Optional<Hash> undecided = Optional.empty();

  Inclusion(Node node, Runtimes runtimes, SignedExtrinsic extrinsic) {
    this.node = node;
    this.runtimes = runtimes;
    this.extrinsic = extrinsic;
    this.next = first();
  }

  /** The outcome, if the blocks up to {@code head} tell it. */
  Optional<Outcome> look(Hash head) {
    long last = Math.min(node.header(head).number(), extrinsic.era().lastBlock());
    for (; next <= last; next++) {
      Optional<Outcome> outcome = outcomeIn(next);
      if (outcome.isPresent()) {
        return outcome;
      }
    }
    return lookAtFinal();
  }

  private Optional<Outcome> lookAtFinal() {
    Hash head = node.finalizedHead();
    if (undecided.filter(head::equals).isPresent()) {
      return Optional.empty();
    }
    long number = node.header(head).number();
    Optional<Outcome> lost = lost(head, number);
    if (lost.isEmpty()) {
      undecided = Optional.of(head);
      return Optional.empty();
    }
    long last = Math.min(number, extrinsic.era().lastBlock());
    for (long block = first(); block <= last; block++) {
      Optional<Outcome> outcome = outcomeIn(block);
      if (outcome.isPresent()) {
        return outcome;
      }
    }
    return lost;
  }

  /** Why no block after a final one can hold it, if that is so. */
  private Optional<Outcome> lost(Hash head, long number) {
    if (number >= extrinsic.era().lastBlock()) {
      return Optional.of(
          failed(
              Outcome.Failed.EXPIRED,
              "no block up to %d, the last of its era, holds it"
                  .formatted(extrinsic.era().lastBlock())));
    }
    if (nonceIsUsed(head)) {
      return Optional.of(
          failed(
              Outcome.Failed.NONCE_TAKEN,
              "another extrinsic of the account has used nonce %d by block %d"
                  .formatted(extrinsic.nonce(), number)));
    }
    SigningTerms terms = extrinsic.terms();
    // A best block may have had a newer runtime than the last final one still has.
    if (node.runtimeVersion(head).specVersion() > terms.runtime().specVersion()) {
      return Optional.of(
          failed(
              Outcome.Failed.OUTDATED,
              "it was signed for runtime %s, which block %d has replaced"
                  .formatted(terms.runtime(), number)));
    }
    boolean bornElsewhere =
        number >= terms.era().birth()
            && !node.blockHash(terms.era().birth()).equals(Optional.of(terms.birthHash()));
    return bornElsewhere
        ? Optional.of(
            failed(
                Outcome.Failed.OUTDATED,
                "the fork with block %d, at which it was signed, has been dropped"
                    .formatted(terms.era().birth())))
        : Optional.empty();
  }

  private long first() {
    return extrinsic.era().birth() + 1;
  }

  private boolean nonceIsUsed(Hash block) {
    Metadata metadata = runtimes.after(block).metadata();
    byte[] key =
        metadata.storageKey("System", "Account", List.of(Value.of(extrinsic.signer().bytes())));
    Value account =
        metadata.storageValue("System", "Account", node.storage(key, block)).orElseThrow();
    return account.field("nonce").asLong() > extrinsic.nonce();
  }

  /** What is known, where the outcome is not. */
  Outcome unknown(String why) {
    return new Outcome.Unknown(
        extrinsic.hash(),
        "no block up to " + (next - 1) + " holds it; " + why,
        extrinsic.era().lastBlock());
  }

  private Outcome failed(String error, String words) {
    return new Outcome.Failed(extrinsic.hash(), error, words, Optional.empty());
  }

  private Optional<Outcome> outcomeIn(long number) {
    Hash block =
        node.blockHash(number)
            .orElseThrow(() -> new UnknownBlockException("the node has no block " + number));
    List<byte[]> extrinsics = node.extrinsics(block);
    for (int index = 0; index < extrinsics.size(); index++) {
      if (SignedExtrinsic.hash(extrinsics.get(index)).equals(extrinsic.hash())) {
        return Optional.of(outcome(new Outcome.Included(extrinsic.hash(), block, number, index)));
      }
    }
    return Optional.empty();
  }

  private Outcome outcome(Outcome.Included where) {
    Metadata metadata = runtimes.after(node.header(where.block()).parent()).metadata();
    for (ChainEvent event : Events.of(where.block(), node, runtimes)) {
      boolean ours =
          event.pallet().equals("System")
              && event.extrinsic().isPresent()
              && event.extrinsic().getAsInt() == where.index();
      if (ours && event.name().equals("ExtrinsicSuccess")) {
        return where;
      }
      if (ours && event.name().equals("ExtrinsicFailed")) {
        return failed(where, event.fields(), metadata);
      }
    }
    return new Outcome.Unknown(
        where.extrinsic(),
        "block " + where.number() + " holds it but no event tells its outcome",
        where.number());
  }

  private static Outcome failed(Outcome.Included where, Value fields, Metadata metadata) {
    Value error = fields.find("dispatch_error").orElseGet(() -> fields.at(0));
    return new Outcome.Failed(
        where.extrinsic(),
        DispatchError.name(error, metadata),
        "its dispatch failed in block " + where.number(),
        Optional.of(where));
  }
}
