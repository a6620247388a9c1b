package dev.assay.localnet.chain.genesis;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import java.util.LinkedHashMap;
import java.util.Map;

/** The accounts that every development chain gives funds to. */
public final class DevelopmentAccounts {
  private static final long RICH = 1_000_000_000_000_000L;
  private static final long MODEST = 2_000_000_000_000L;

  private DevelopmentAccounts() {}

  /** {@code //Alice} and so on. */
  public static AccountId account(String name) {
    return Keypair.fromUri("//" + name).account();
  }

  /** What they hold at genesis, in rao. */
  public static Map<AccountId, Long> balances() {
    Map<AccountId, Long> balances = new LinkedHashMap<>();
    for (String name : new String[] {"Alice", "Bob", "Charlie"}) {
      balances.put(account(name), RICH);
    }
    for (String name : new String[] {"Dave", "Eve", "Ferdie"}) {
      balances.put(account(name), MODEST);
    }
    return balances;
  }
}
