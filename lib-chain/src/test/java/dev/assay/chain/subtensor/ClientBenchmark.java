package dev.assay.chain.subtensor;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.scale.ScaleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a client does most, in microseconds:
 *
 * <pre>mvn -pl lib-chain test-compile exec:exec@benchmark -Dbenchmark=ClientBenchmark</pre>
 *
 * <p>{@code -Dmetadata=FILE} names real metadata to parse; else it is the tests' small runtime. The
 * interoperation tests leave some in {@code interoperation/target/metadata}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ClientBenchmark {
  private static final int NEURONS = 256;

  /** The longest payload that is signed unhashed. */
  private static final byte[] PAYLOAD = new byte[256];

  private MetagraphSample metagraph;
  private byte[] metadataBytes;
  private Metadata small;
  private Map<String, byte[]> commitments;
  private Keypair alice;

  @Setup
  public void set() throws IOException {
    metagraph = new MetagraphSample(NEURONS, 1);
    String file = System.getProperty("metadata", "");
    metadataBytes = file.isEmpty() ? SmallRuntime.metadata(15) : Files.readAllBytes(Path.of(file));
    small = MetadataParser.parse(SmallRuntime.metadata(15));
    commitments = commitments();
    alice = Keypair.fromUri("//Alice");
  }

  /** Bytes to neurons; divide {@link #metagraphBytes} by the time for the throughput. */
  @Benchmark
  public List<Neuron> metagraphOf256Neurons() {
    return metagraph.read();
  }

  @Benchmark
  public Metadata metadataParse() {
    return MetadataParser.parse(metadataBytes);
  }

  @Benchmark
  public List<Commitment> commitmentsOf256Hotkeys() {
    return CommitmentsQuery.parse(small, commitments);
  }

  @Benchmark
  public byte[] signature() {
    return alice.sign(PAYLOAD);
  }

  /** How many bytes {@link #metagraphOf256Neurons} reads. */
  static int metagraphBytes() {
    return new MetagraphSample(NEURONS, 1).bytes().length;
  }

  private Map<String, byte[]> commitments() {
    Random random = new Random(1);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < NEURONS; i++) {
      byte[] account = new byte[32];
      random.nextBytes(account);
      byte[] key =
          small.storageKey("Commitments", "CommitmentOf", List.of(Value.of(6), Value.of(account)));
      byte[] value =
          new ScaleWriter().u64(0).u32(i).compact(1).u8(129).bytes(new byte[128]).toByteArray();
      entries.put(Node.hex(key), value);
    }
    return entries;
  }
}
