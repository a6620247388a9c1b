package dev.assay.cli.validator;

import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.report.board.Board;
import dev.assay.report.board.BoardReading;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A leaderboard from tables, the latest bundle and the chain. */
final class LeaderboardPages {
  private LeaderboardPages() {}

  /** As the tables and the latest final block show it; an endpoint that is away is noted. */
  static Board now(AssayConfiguration settings) {
    return of(settings, null);
  }

  /**
   * The same after a block.
   *
   * @param at null for the latest final block; a named one must be read
   */
  static Board of(AssayConfiguration settings, Long at) {
    List<String> notes = new ArrayList<>();
    Optional<String> hotkey = hotkey(settings, notes);
    try (Subtensor chain = ChainAccess.connect(settings)) {
      BlockView block = at == null ? chain.at(chain.finalizedHead()) : chain.at(at);
      ChainAccess.requireSubnet(block, "chain.netuid", settings.chain().netuid());
      return read(settings, hotkey, Optional.of(block), notes);
    } catch (RpcUnreachableException away) {
      if (at != null) {
        throw away;
      }
      notes.add(
          "The chain could not be read, so stake, consensus and emission are left out: "
              + away.getMessage());
      return read(settings, hotkey, Optional.empty(), notes);
    }
  }

  /** As the tables alone show it. */
  static Board withoutChain(AssayConfiguration settings) {
    List<String> notes = new ArrayList<>();
    Optional<String> hotkey = hotkey(settings, notes);
    notes.add("The chain was not asked, so stake, consensus and emission are left out.");
    return read(settings, hotkey, Optional.empty(), notes);
  }

  private static Board read(
      AssayConfiguration settings,
      Optional<String> hotkey,
      Optional<BlockView> block,
      List<String> notes) {
    return BoardReading.of(settings, hotkey, block, notes, Clock.systemUTC().instant());
  }

  /** A leaderboard may be made where no wallet is. */
  private static Optional<String> hotkey(AssayConfiguration settings, List<String> notes) {
    try {
      return Optional.of(ValidatorKey.account(settings).ss58());
    } catch (KeyfileException none) {
      notes.add("There is no wallet here, so weights of any validator of the tables are ours.");
      return Optional.empty();
    }
  }
}
