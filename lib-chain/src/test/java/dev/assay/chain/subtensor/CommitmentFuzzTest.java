package dev.assay.chain.subtensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallMetadata;
import dev.assay.chain.metadata.Value;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A commitment whose bytes are nonsense is one hotkey's, with a reason, and never an exception. */
class CommitmentFuzzTest {
  private static final Metadata METADATA = MetadataParser.parse(SmallMetadata.bytes(15));
  private static final AccountId HOTKEY = AccountId.of(new byte[32]);
  private static final String KEY =
      "0x"
          + HexFormat.of()
              .formatHex(
                  METADATA.storageKey(
                      "Commitments",
                      "CommitmentOf",
                      List.of(Value.of(1), Value.of(HOTKEY.bytes()))));

  @FuzzTest
  void aCommitmentIsReadOrHasAProblem(byte[] bytes) {
    List<Commitment> commitments = CommitmentsQuery.parse(METADATA, Map.of(KEY, bytes));

    assertThat(commitments).hasSize(1);
    Commitment commitment = commitments.get(0);
    assertThat(commitment.hotkey()).isEqualTo(HOTKEY);
    assertThat(commitment.problem().isPresent() && !commitment.fields().isEmpty()).isFalse();
    assertThat(commitment.content().length).isLessThanOrEqualTo(bytes.length);
  }
}
