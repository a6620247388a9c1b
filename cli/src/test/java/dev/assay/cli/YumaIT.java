package dev.assay.cli;

import static dev.assay.cli.SmallSubnet.NETUID;
import static dev.assay.cli.SmallSubnet.TEMPO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.subtensor.NextEpoch;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.yuma.EpochTerms;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.Yuma;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code assay yuma} foretells is what the chain then decides, bit for bit. */
class YumaIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;

  @BeforeAll
  static void enrol() throws Exception {
    subnet = SmallSubnet.start(List.of(1000, 333), 3);
    subnet.setWeights(0, Map.of(2, 40_000, 3, 20_000));
    subnet.setWeights(1, Map.of(2, 10_000, 4, 65_535));
    subnet.seal(2 * TEMPO);
  }

  @Test
  void theBlockBeforeAnEpochForetellsItBitForBit() {
    List<EpochTerms> foretold = Yuma.epoch(sealUntilBlocksAreLeft(1).input());
    subnet.seal(1);

    assertThat(subnet.stored("Consensus")).isEqualTo(column(foretold, EpochTerms::consensus));
    assertThat(subnet.stored("Incentive")).isEqualTo(column(foretold, EpochTerms::incentive));
    assertThat(subnet.stored("Dividends")).isEqualTo(column(foretold, EpochTerms::dividends));
    assertThat(subnet.stored("ValidatorTrust"))
        .isEqualTo(column(foretold, EpochTerms::validatorTrust));
    assertThat(subnet.stored("StakeWeight")).isEqualTo(column(foretold, EpochTerms::stakeWeight));
    assertThat(subnet.stored("Emission")).isEqualTo(column(foretold, EpochTerms::emission));
    Map<Integer, List<Weight>> bonds = subnet.head().bonds(NETUID);
    for (int uid = 0; uid < foretold.size(); uid++) {
      assertThat(bonds.getOrDefault(uid, List.of()))
          .isEqualTo(foretold.get(uid).bonds().stream().map(YumaIT::weight).toList());
    }
    assertThat(bonds.get(0)).isNotEmpty();
    assertThat(foretold.get(2).incentive()).isPositive();
  }

  @Test
  void changedWeightsHaveTheEffectThatWasForetold() throws Exception {
    sealUntilBlocksAreLeft(TEMPO / 2);
    JsonNode report = yuma("{\"3\": 1, \"2\": 2}", subnet.head().number());
    subnet.setWeights(1, Map.of(2, 65_535, 3, 32_768));
    sealUntilBlocksAreLeft(1);
    subnet.seal(1);

    assertThat(report.get("epoch_block").asLong()).isEqualTo(subnet.head().number());
    assertThat(column(report, "after", "consensus")).isEqualTo(subnet.stored("Consensus"));
    assertThat(column(report, "after", "incentive")).isEqualTo(subnet.stored("Incentive"));
    assertThat(column(report, "after", "dividends")).isEqualTo(subnet.stored("Dividends"));
    assertThat(column(report, "after", "validator_trust"))
        .isEqualTo(subnet.stored("ValidatorTrust"));
    assertThat(column(report, "before", "incentive")).isNotEqualTo(subnet.stored("Incentive"));
    JsonNode counted = report.get("changed").get(0).get("after");
    assertThat(counted).hasSize(2);
    assertThat(counted.get(0).get("weight").asInt()).isBetween(43_689, 43_690);

    subnet.setWeights(1, Map.of(2, 10_000, 4, 65_535));
  }

  @Test
  void aTableShowsBeforeAndAfter() throws Exception {
    Path weights = Files.writeString(folder.resolve("w.json"), "{\"4\": 1}");
    String table =
        SmallSubnet.run(
            "yuma",
            "--config",
            SmallSubnet.configuration(folder, subnet.address()),
            "--validator",
            SmallSubnet.key(0).account().ss58(),
            "--weights",
            weights.toString());
    assertThat(table)
        .contains("alpha to share out", "consensus", "incentive", "after")
        .contains("weights of uid 0, and what consensus leaves of them");
  }

  private JsonNode yuma(String weights, long block) throws Exception {
    Path file = Files.writeString(folder.resolve("weights.json"), weights);
    return new ObjectMapper()
        .readTree(
            SmallSubnet.run(
                "yuma",
                "--config",
                SmallSubnet.configuration(folder, subnet.address()),
                "--at",
                String.valueOf(block),
                "--validator",
                "1",
                "--weights",
                file.toString(),
                "--json"));
  }

  private static NextEpoch sealUntilBlocksAreLeft(int blocks) {
    NextEpoch epoch = subnet.head().nextEpoch(NETUID, 0);
    long left = epoch.input().block() - epoch.block();
    subnet.seal(Math.floorMod(left - blocks, TEMPO));
    return subnet.head().nextEpoch(NETUID, 0);
  }

  private static Weight weight(UidValue cell) {
    return new Weight(cell.uid(), cell.value());
  }

  private static List<Long> column(List<EpochTerms> terms, ToLongFunction<EpochTerms> part) {
    return terms.stream().map(part::applyAsLong).toList();
  }

  private static List<Long> column(JsonNode report, String when, String name) {
    return report.get("neurons").findValues(when).stream()
        .map(terms -> terms.get(name).asLong())
        .toList();
  }
}
