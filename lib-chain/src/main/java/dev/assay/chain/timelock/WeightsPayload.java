package dev.assay.chain.timelock;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weights that a commit hides (reveal_commits.rs, {@code WeightsTlockPayload} and, without a
 * hotkey, {@code LegacyWeightsTlockPayload}).
 *
 * @param hotkey the committing account; a reveal counts only if this account sent the commit
 * @param uids neurons, u16
 * @param values their weights, u16, in the order of {@code uids}
 * @param versionKey the subnet's weights version, a u64
 */
public record WeightsPayload(
    Optional<AccountId> hotkey, List<Integer> uids, List<Integer> values, long versionKey) {
  public WeightsPayload {
    uids = List.copyOf(uids);
    values = List.copyOf(values);
  }

  /**
   * Reads a decrypted payload the way the runtime does: first with a hotkey, then without; bytes
   * left over are ignored, and the two lists may differ in length, which setting the weights then
   * refuses.
   *
   * @throws ScaleException if it has neither form
   */
  public static WeightsPayload decode(byte[] payload) {
    try {
      ScaleReader reader = new ScaleReader(payload);
      byte[] hotkey = reader.byteVec();
      WeightsPayload rest = withoutHotkey(reader);
      if (hotkey.length >= AccountId.LENGTH) {
        AccountId account = AccountId.of(Arrays.copyOf(hotkey, AccountId.LENGTH));
        return new WeightsPayload(Optional.of(account), rest.uids, rest.values, rest.versionKey);
      }
    } catch (ScaleException isOfTheOldForm) {
      return withoutHotkey(new ScaleReader(payload));
    }
    return withoutHotkey(new ScaleReader(payload));
  }

  public byte[] encode() {
    ScaleWriter writer = new ScaleWriter();
    hotkey.ifPresent(account -> writer.byteVec(account.bytes()));
    return writer
        .vec(uids, ScaleWriter::u16)
        .vec(values, ScaleWriter::u16)
        .u64(versionKey)
        .toByteArray();
  }

  private static WeightsPayload withoutHotkey(ScaleReader reader) {
    return new WeightsPayload(Optional.empty(), u16s(reader), u16s(reader), reader.u64());
  }

  private static List<Integer> u16s(ScaleReader reader) {
    int count = reader.count(Short.BYTES);
    return IntStream.range(0, count).mapToObj(i -> reader.u16()).toList();
  }
}
