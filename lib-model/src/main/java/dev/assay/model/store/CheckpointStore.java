package dev.assay.model.store;

import dev.assay.model.hub.HubCache;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checkpoints that a node's disk keeps, within a budget of bytes. The processes of a node share
 * them; the one that was used longest ago goes first, and what anybody is at work with stays. A
 * process that is killed leaves nothing pinned, and what it began to fetch is the next one's to
 * continue or to remove.
 *
 * <p>Contents are named by 64 hexadecimal digits. The files themselves are {@link HubCache}'s.
 */
public final class CheckpointStore {
  /** Of the disk, what is left to others where no budget is given. */
  private static final int SPARED = 20;

  private final Path root;
  private final long budget;
  private final Entries entries;
  private final HubCache cache;

  /**
   * A store in a folder, which appears with the first content.
   *
   * @param root the cache of the hub's files
   * @param budget bytes that its contents may take; 0 for all that the disk has but a twentieth
   */
  public CheckpointStore(Path root, long budget) {
    if (budget < 0) {
      throw new IllegalArgumentException("a budget of " + budget + " bytes; at least 0");
    }
    this.root = root;
    this.budget = budget;
    this.entries = new Entries(root.resolve("held"));
    this.cache = new HubCache(root);
  }

  /** A content that stays where it is until this is closed. */
  public final class Pin implements AutoCloseable {
    private final String content;
    private final Pins pins;

    private Pin(String content, Pins pins) {
      this.content = content;
      this.pins = pins;
    }

    /**
     * Notes that all of it has arrived.
     *
     * @param bytes that it takes, whatever was expected
     */
    public void arrived(long bytes) throws IOException {
      Entry entry = entries.of(content).orElseThrow();
      entries.put(content, new Entry(bytes, true, entry.sources()));
    }

    @Override
    public void close() throws IOException {
      pins.release(content);
    }
  }

  /**
   * Pins a content and makes room for it, whether it is there or has to come.
   *
   * @param content 64 hexadecimal digits
   * @param repository and the one after it: where it is fetched from
   * @param bytes that it takes; 0 where nobody knows before it has arrived
   * @throws StoreFullException if the budget is too small for it and for what is in use
   * @throws IOException if the disk can't be read or written
   */
  public Pin pin(String content, RepositoryId repository, Revision revision, long bytes)
      throws IOException {
    Pins pins = pins();
    pins.share(content);
    try {
      makeRoom(pins, content, Entry.Source.of(repository, revision), bytes);
      return new Pin(content, pins);
    } catch (IOException | RuntimeException failed) {
      pins.release(content);
      throw failed;
    }
  }

  /** The contents that have arrived whole. */
  public Set<String> contents() throws IOException {
    Set<String> whole = new TreeSet<>();
    entries
        .all()
        .forEach(
            (content, entry) -> {
              if (entry.whole()) {
                whole.add(content);
              }
            });
    return whole;
  }

  private Pins pins() throws IOException {
    return Pins.in(root.resolve("pins"));
  }

  /** One process makes room at a time, so that two don't take the same. */
  private void makeRoom(Pins pins, String content, Entry.Source source, long bytes)
      throws IOException {
    Path lock = Files.createDirectories(root).resolve("room");
    synchronized (pins) {
      try (FileChannel room =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        var unused = room.lock();
        Optional<Entry> before = entries.of(content);
        if (before.isEmpty()) {
          requireRoom(pins, bytes);
        }
        Set<Entry.Source> sources = new HashSet<>(Set.of(source));
        before.ifPresent(entry -> sources.addAll(entry.sources()));
        boolean whole = before.map(Entry::whole).orElse(false);
        entries.put(content, new Entry(bytes, whole, sources));
      }
    }
  }

  private void requireRoom(Pins pins, long bytes) throws IOException {
    Map<String, Entry> all = entries.all();
    Map<String, Long> oldestFirst = new LinkedHashMap<>();
    all.keySet().stream()
        .sorted(Comparator.comparing(entries::lastUsed))
        .forEach(content -> oldestFirst.put(content, all.get(content).bytes()));
    long limit = limit(oldestFirst.values().stream().mapToLong(Long::longValue).sum());
    long used =
        Room.make(
            bytes,
            limit,
            oldestFirst,
            content -> pins.alone(content, () -> remove(content, all.get(content))));
    if (used + bytes > limit) {
      throw new StoreFullException(
          ("a checkpoint of %d bytes has no room in %s, which may hold %d and has %d in use;"
                  + " raise evaluation.cache_size, or run fewer executors on this node")
              .formatted(bytes, root, limit, used));
    }
  }

  private long limit(long used) throws IOException {
    if (budget > 0) {
      return budget;
    }
    var disk = Files.getFileStore(root);
    return used + Math.max(0, disk.getUsableSpace() - disk.getTotalSpace() / SPARED);
  }

  /** The entry goes last: what a kill leaves of it is still known, and removed by the next one. */
  private void remove(String content, Entry entry) throws IOException {
    for (Entry.Source source : entry.sources()) {
      cache.remove(source.repository(), source.commit());
    }
    entries.remove(content);
  }
}
