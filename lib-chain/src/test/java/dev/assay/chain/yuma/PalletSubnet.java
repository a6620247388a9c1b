package dev.assay.chain.yuma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * As much of the pallet's storage as its own epoch tests act on: they register, set weights, step
 * blocks and run epochs.
 */
final class PalletSubnet {
  static final long RAO = 1_000_000_000;

  long block = 1;
  long lastStepBlock = 0;
  OptionalInt ownerUid = OptionalInt.empty();
  YumaParameters parameters =
      new YumaParameters(
          0xfffe, 5000, 32767, 900_000, 65535, 128, 0, false, false, Optional.empty());
  final List<Neuron> neurons = new ArrayList<>();

  static final class Neuron {
    I64F64 stake;
    OptionalLong lastUpdate;
    long registeredAt;
    boolean permit;
    OptionalLong earliestCommit = OptionalLong.empty();
    List<UidValue> weights = List.of();
    List<UidValue> bonds = List.of();
  }

  /**
   * Subnets with a permit for everybody, as most tests set one up: registered at the current block,
   * then an epoch without weights.
   */
  static PalletSubnet withPermits(YumaParameters parameters, long... stakes) {
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters = parameters;
    Arrays.stream(stakes).forEach(subnet::register);
    subnet.epoch();
    subnet.block++;
    return subnet;
  }

  void register(long stake) {
    neurons.add(new Neuron());
    replace(neurons.size() - 1, stake);
  }

  /**
   * A new key takes a uid: the neuron's own state is reset, what others stored about the uid stays.
   */
  void replace(int uid, long stake) {
    Neuron neuron = neurons.get(uid);
    neuron.stake = I64F64.ofU64(stake);
    neuron.lastUpdate = OptionalLong.of(block);
    neuron.registeredAt = block;
    neuron.permit = false;
  }

  void setWeights(int uid, int[] uids, int... weights) {
    int[] upscaled = WeightRow.maxUpscale(weights);
    neurons.get(uid).weights =
        IntStream.range(0, uids.length).mapToObj(k -> new UidValue(uids[k], upscaled[k])).toList();
    neurons.get(uid).lastUpdate = OptionalLong.of(block);
  }

  List<EpochTerms> epoch() {
    List<EpochTerms> terms = Yuma.epoch(input(RAO));
    for (int uid = 0; uid < neurons.size(); uid++) {
      neurons.get(uid).permit = terms.get(uid).validatorPermit();
      neurons.get(uid).bonds = terms.get(uid).bonds();
    }
    return terms;
  }

  YumaInput input(long emission) {
    List<YumaNeuron> state =
        neurons.stream()
            .map(
                n ->
                    new YumaNeuron(
                        n.stake,
                        n.lastUpdate,
                        n.registeredAt,
                        n.permit,
                        n.earliestCommit,
                        n.weights,
                        n.bonds))
            .toList();
    return new YumaInput(block, lastStepBlock, emission, ownerUid, parameters, state);
  }

  /** A stored bond as a u16, 0 where there is none. */
  int bond(int row, int column) {
    return neurons.get(row).bonds.stream()
        .filter(cell -> cell.uid() == column)
        .mapToInt(UidValue::value)
        .findFirst()
        .orElse(0);
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
