package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.NodeRuntime;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.scale.ScaleWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs calls, sends them, and reports their outcomes. Safe for concurrent use: one account's calls
 * get their nonces one after the other. Several processes may share an account, too: a nonce admits
 * one extrinsic, and the second is refused.
 */
public final class Submission {
  private static final Logger LOG = LoggerFactory.getLogger(Submission.class);

  /** How often one call is signed, where other processes keep taking its nonce or it gets lost. */
  private static final int MOST_ATTEMPTS = 10;

  private final Node node;
  private final Runtimes runtimes;
  private final Hash genesis;
  private final Patience patience;
  private final int eraPeriod;
  private final Map<AccountId, Object> locks = new ConcurrentHashMap<>();

  /**
   * @param eraPeriod for how many blocks an extrinsic is valid, a power of two
   */
  public Submission(Node node, Runtimes runtimes, Hash genesis, Patience patience, int eraPeriod) {
    this.node = node;
    this.runtimes = runtimes;
    this.genesis = genesis;
    this.patience = patience;
    this.eraPeriod = eraPeriod;
  }

  /**
   * Signs a call with the signer's next nonce, and sends nothing. Record it before {@link #send},
   * then its fate can be found after a crash.
   */
  public SignedExtrinsic sign(Call call, Signer signer) {
    return sign(call, signer, node.nextIndex(signer.account()));
  }

  /** Signs a call with a nonce of the caller's choice, and sends nothing. */
  public SignedExtrinsic sign(Call call, Signer signer, long nonce) {
    Hash head = node.finalizedHead();
    NodeRuntime runtime = runtimes.after(node.bestHead());
    Era era = new Era(eraPeriod, node.header(head).number());
    Hash birthHash = node.blockHash(era.birth()).orElse(head);
    SigningTerms terms = new SigningTerms(genesis, runtime.version(), era, birthHash, nonce, 0);
    return SignedExtrinsic.sign(call, runtime.metadata(), terms, signer);
  }

  /** The fee in rao that the runtime asks for a call; no signature of the account is needed. */
  public long fee(Call call, AccountId account) {
    SignedExtrinsic unsigned = sign(call, new BlankSigner(account));
    byte[] bytes = unsigned.bytes().asBytes();
    Hash head = node.bestHead();
    Metadata metadata = runtimes.after(head).metadata();
    byte[] arguments = new ScaleWriter().bytes(bytes).u32(bytes.length).toByteArray();
    Value info =
        metadata
            .types()
            .decode(
                metadata.method("TransactionPaymentApi", "query_info").output(),
                node.runtimeCall("TransactionPaymentApi_query_info", arguments, head));
    return info.field("partial_fee").asLong();
  }

  /**
   * Signs, sends and awaits a call. It is signed and sent again as soon as it is certain that what
   * was sent has no effect and never will have: the node refused it at once because another process
   * with the same key took its nonce, or it was lost ({@link Outcome.Failed#isLost}). All of it
   * takes no longer than patience allows.
   */
  public Outcome submit(Call call, Signer signer) {
    long deadline = System.nanoTime() + patience.limit().toNanos();
    for (int attempt = 1; ; attempt++) {
      SignedExtrinsic extrinsic;
      Optional<Refusal> refusal;
      synchronized (locks.computeIfAbsent(signer.account(), account -> new Object())) {
        extrinsic = sign(call, signer);
        refusal = offer(extrinsic);
      }
      Outcome outcome = outcome(extrinsic, refusal, deadline);
      boolean lost = outcome instanceof Outcome.Failed failed && failed.isLost();
      if (!lost || attempt == MOST_ATTEMPTS || System.nanoTime() - deadline >= 0) {
        return outcome;
      }
      LOG.info(
          "{} of {} is lost ({}); signing anew",
          extrinsic.hash(),
          signer.account(),
          ((Outcome.Failed) outcome).words());
    }
  }

  private Outcome outcome(SignedExtrinsic extrinsic, Optional<Refusal> refusal, long deadline) {
    if (refusal.isEmpty()) {
      return find(extrinsic, deadline);
    }
    // A nonce that another process took: this one was not sent before, so no block holds it.
    return refusal.get().nonceTaken()
        ? refusal.get().outcome()
        : unlessIncluded(extrinsic, refusal.get().outcome());
  }

  /**
   * Sends an extrinsic and awaits it. Harmless to repeat: its nonce admits it once. That the nonce
   * is taken may be its own doing, here or at another node, so only final blocks decide then.
   */
  public Outcome send(SignedExtrinsic extrinsic) {
    Optional<Refusal> refusal = offer(extrinsic);
    return refusal.isEmpty() || refusal.get().nonceTaken()
        ? find(extrinsic)
        : unlessIncluded(extrinsic, refusal.get().outcome());
  }

  /** Awaits an extrinsic that was sent before, from its hash alone, until patience ends. */
  public Outcome find(SignedExtrinsic extrinsic) {
    return find(extrinsic, System.nanoTime() + patience.limit().toNanos());
  }

  private Outcome find(SignedExtrinsic extrinsic, long deadline) {
    Inclusion inclusion = new Inclusion(node, runtimes, extrinsic);
    String why = "patience has ended";
    do {
      try {
        Optional<Outcome> outcome = inclusion.look(head());
        if (outcome.isPresent()) {
          return outcome.get();
        }
        why = "patience has ended";
      } catch (RpcUnreachableException | RpcErrorException | UnknownBlockException unanswered) {
        LOG.warn("waiting for {}: {}", extrinsic.hash(), unanswered.getMessage());
        why = unanswered.getMessage();
      }
    } while (System.nanoTime() - deadline < 0 && pause());
    return inclusion.unknown(why);
  }

  /** A node also refuses what a block holds already: its nonce is used. */
  private Outcome unlessIncluded(SignedExtrinsic extrinsic, Outcome refused) {
    Inclusion inclusion = new Inclusion(node, runtimes, extrinsic);
    try {
      return inclusion.look(node.bestHead()).orElse(refused);
    } catch (RpcUnreachableException | RpcErrorException | UnknownBlockException unanswered) {
      return inclusion.unknown(unanswered.getMessage());
    }
  }

  /** A node's refusal at once: it keeps nothing of the extrinsic. */
  private record Refusal(Outcome.Failed outcome, boolean nonceTaken) {}

  private Optional<Refusal> offer(SignedExtrinsic extrinsic) {
    try {
      node.submit(extrinsic.bytes().asBytes());
    } catch (RpcUnreachableException unanswered) {
      LOG.warn("whether {} arrived is not known: {}", extrinsic.hash(), unanswered.getMessage());
    } catch (RpcErrorException error) {
      if (PoolError.refuses(error)) {
        boolean taken = PoolError.nonceTaken(error);
        return Optional.of(
            new Refusal(
                new Outcome.Failed(
                    extrinsic.hash(),
                    taken ? Outcome.Failed.NONCE_TAKEN : "pool " + error.code(),
                    PoolError.words(error),
                    Optional.empty()),
                taken));
      }
      LOG.info("{} may be known to the node: {}", extrinsic.hash(), error.getMessage());
    }
    return Optional.empty();
  }

  private Hash head() {
    return patience.finality() ? node.finalizedHead() : node.bestHead();
  }

  private boolean pause() {
    try {
      Thread.sleep(patience.poll().toMillis());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
