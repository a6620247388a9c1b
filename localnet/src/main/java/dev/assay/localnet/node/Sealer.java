package dev.assay.localnet.node;

import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.shield.ShieldPallet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals blocks when it is time or when there is something to seal. Owns one thread. */
final class Sealer implements Chain.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final Chain chain;
  private final Sealing sealing;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Sealer::thread);

  Sealer(Chain chain, Sealing sealing) {
    this.chain = chain;
    this.sealing = sealing;
  }

  void start() {
    chain.listen(this);
    sealing
        .interval()
        .ifPresent(
            interval -> {
              long nanos = interval.toNanos();
              ScheduledFuture<?> unused =
                  clock.scheduleAtFixedRate(this::seal, nanos, nanos, TimeUnit.NANOSECONDS);
            });
  }

  @Override
  public void sealed(Block block) {}

  @Override
  public void ready(SignedExtrinsic extrinsic) {
    if (sealing.onExtrinsic()) {
      clock.execute(this::sealWaiting);
    }
  }

  @Override
  public void close() {
    chain.forget(this);
    clock.shutdownNow();
    try {
      if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("a block is still being sealed 10 s after the chain was stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What is encrypted to a later block needs another one.
  private void sealWaiting() {
    for (int i = 0; i < ShieldPallet.BLOCKS_TO_USE && !chain.pending().isEmpty(); i++) {
      seal();
      if (chain.pending().stream().noneMatch(each -> ShieldPallet.carries(each.call()))) {
        return;
      }
    }
  }

  // A scheduled task that throws is never run again; a chain that stands still must say why.
  private void seal() {
    try {
      chain.seal();
    } catch (RuntimeException e) {
      LOG.error("block {} can't be sealed", chain.blocks().best().number() + 1, e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "localnet-seal");
    thread.setDaemon(true);
    return thread;
  }
}
