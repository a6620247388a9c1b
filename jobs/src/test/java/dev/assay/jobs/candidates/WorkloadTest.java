package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.entry.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static HubListing.Listed listed(int uid, String name, long bytes, String content) {
    return new HubListing.Listed(Examples.candidate("nous-0.2.7", uid, name, 5), content, bytes);
  }

  @Test
  void exactCopiesShareAUnitAndKeepTheirOwnClaims() {
    Workload work =
        Workload.of("run", List.of(listed(1, "first", 9, "aa"), listed(2, "copy", 9, "aa")));

    assertThat(work.units()).hasSize(1);
    assertThat(work.units().get(0).name()).isEqualTo("first");
    assertThat(work.units().get(0).claims())
        .extracting(ModelUnit.Claim::hotkey)
        .containsExactly("first", "copy");
    assertThat(work.members().get(0)).hasSize(2);
  }

  @Test
  void theLargestIsTheFirst() {
    Workload work =
        Workload.of(
            "run",
            List.of(
                listed(1, "small", 1, "aa"),
                listed(2, "large", 3, "bb"),
                listed(3, "middle", 2, "cc")));

    assertThat(work.units())
        .extracting(ModelUnit::name)
        .containsExactly("large", "middle", "small");
    assertThat(work.units()).extracting(ModelUnit::index).containsExactly(0, 1, 2);
  }

  @Test
  void whatHasAFaultIsNoWork() {
    HubListing.Listed missing =
        new HubListing.Listed(
            Examples.candidate("nous-0.2.7", 1, "missing", 5)
                .with(Fault.of(Verdict.NOT_FOUND, "nobody has it")),
            "",
            0);

    Workload work = Workload.of("run", List.of(missing));

    assertThat(work.units()).isEmpty();
    assertThat(work.competitions()).isEmpty();
  }
}
