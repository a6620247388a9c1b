package dev.assay.cli.mine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.DurableStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a miner has done and is about to do, a JSON object a line. A line is on the disk before what
 * it tells of is begun; a line that a kill has cut short was never followed by anything, and is
 * removed. One process at a time has it open.
 */
final class Journal implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final Path file;
  private final FileChannel channel;
  private final List<RoundState> states = new ArrayList<>();

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the journal of a folder, which is made where there is none.
   *
   * @throws UsageException if another process has it open, or a line is none of a journal
   */
  static Journal open(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("journal.jsonl");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      requireAlone(channel, folder);
      Journal journal = new Journal(file, channel);
      journal.read();
      return journal;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static void requireAlone(FileChannel channel, Path folder) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException own) {
      // Another command of this process, as in a test.
    }
    throw new UsageException(
        "another assay mine works in %s; give --work another folder".formatted(folder));
  }

  private void read() throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      try {
        states.add(JSON.readValue(line, RoundState.class));
      } catch (JsonProcessingException malformed) {
        throw new UsageException(
            "%s line %d is none of a journal; give --work another folder"
                .formatted(file, states.size() + 1),
            malformed);
      }
    }
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
  }

  /** Records what comes next; on the disk when this returns. */
  void record(RoundState state) throws IOException {
    DurableStep.next("record %s of round %d".formatted(state.step(), state.round()));
    String line = JSON.writeValueAsString(state) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    states.add(state);
  }

  /** The newest line; empty before the first round. */
  Optional<RoundState> last() {
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
  }

  /** The newest round whose model the chain holds. */
  Optional<RoundState> lastCommitted() {
    return states.stream()
        .filter(state -> state.outcome() == RoundState.Outcome.COMMITTED)
        .reduce((earlier, later) -> later);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
