package dev.assay.localnet.chain.subtensor;

import dev.assay.chain.yuma.EpochTerms;
import dev.assay.localnet.chain.subtensor.storage.FixedRatio;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The epochs of a subnet's mechanisms taken together: earnings add up, what is a share is weighted
 * by the mechanism's part of the emission ({@code epoch_with_mechanisms}).
 *
 * @param mechanisms what each decided, by uid
 * @param emission what each shared out
 */
record MechanismSum(List<List<EpochTerms>> mechanisms, List<Long> emission) {
  private static final int FRACTION = 64;

  int neurons() {
    return mechanisms.get(0).size();
  }

  long server(int uid) {
    return mechanisms.stream().mapToLong(terms -> terms.get(uid).serverEmission()).sum();
  }

  long validator(int uid) {
    return mechanisms.stream().mapToLong(terms -> terms.get(uid).validatorEmission()).sum();
  }

  List<Boolean> any(Predicate<EpochTerms> part) {
    List<Boolean> result = new ArrayList<>();
    for (int uid = 0; uid < neurons(); uid++) {
      int neuron = uid;
      result.add(mechanisms.stream().anyMatch(terms -> part.test(terms.get(neuron))));
    }
    return result;
  }

  List<Integer> weightedU16(ToIntFunction<EpochTerms> part) {
    return weighted(terms -> part.applyAsInt(terms)).stream().map(Math::toIntExact).toList();
  }

  List<Long> weighted(ToLongFunction<EpochTerms> part) {
    List<Long> result = new ArrayList<>();
    for (int uid = 0; uid < neurons(); uid++) {
      long sum = 0;
      for (int mechanism = 0; mechanism < mechanisms.size(); mechanism++) {
        long value = part.applyAsLong(mechanisms.get(mechanism).get(uid));
        BigInteger product = BigInteger.valueOf(value).multiply(weight(mechanism));
        sum += product.shiftRight(FRACTION).longValueExact();
      }
      result.add(sum);
    }
    return result;
  }

  /** A mechanism's part of the emission as the bits of a U64F64; all of it to the first if none. */
  private BigInteger weight(int mechanism) {
    long total = emission.stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      return FixedRatio.of(mechanism == 0 ? 1 : 0);
    }
    return FixedRatio.of(emission.get(mechanism)).divide(BigInteger.valueOf(total));
  }
}
