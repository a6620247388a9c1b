package dev.assay.jobs.dataset;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.parquet.example.data.Group;

/**
 * A dataset of the hub at a commit, as Parquet files that are downloaded once. Its rows are signed
 * one by one, as a feed's; or a validator vouches for all of them by signing their address, and
 * they are spread over the blocks that it names.
 */
public final class DatasetSource implements SampleSource {
  /** By which addresses of this kind begin. */
  public static final String SCHEME = DatasetAddress.SCHEME;

  /** Before a row's signature: it is the voucher's, over the dataset's address. */
  static final String VOUCHED = "dataset:";

  private static final DownloadLimits LIMITS =
      new DownloadLimits(2L << 30, 8L << 30, 1_000, Duration.ofMinutes(30));

  private static final int MOST_ROWS = 2_000_000;
  private static final long MOST_TEXT = 256L << 20;

  private final DatasetAddress address;
  private final int netuid;
  private final HubClient hub;
  private final Path cache;
  private Optional<Snapshot> files = Optional.empty();
  private boolean isVouchedFor;

  private DatasetSource(DatasetAddress address, int netuid, HubClient hub, Path cache) {
    this.address = address;
    this.netuid = netuid;
    this.hub = hub;
    this.cache = cache;
  }

  /**
   * The dataset at an address.
   *
   * @param netuid of the subnet whose validators sign
   * @param cache the folder of downloads
   * @throws ConfigurationException if it is none
   */
  public static SampleSource of(URI endpoint, int netuid, HubClient hub, Path cache) {
    return new DatasetSource(DatasetAddress.of(endpoint), netuid, hub, cache);
  }

  /**
   * What a validator signs to vouch for a dataset.
   *
   * @param genesis of the chain, as 0x and hex digits
   * @param netuid of the subnet whose validator signs
   * @param address of the dataset up to its signature
   */
  public static String vouched(String genesis, int netuid, String address) {
    return DatasetVoucher.text(genesis, netuid, address);
  }

  @Override
  public void require(String genesis, Set<String> trusted) {
    if (address.voucher().isEmpty()) {
      return;
    }
    DatasetVoucher voucher = address.voucher().get();
    if (!trusted.contains(voucher.account())) {
      throw refused(
          "%s vouches for it, who is not trusted: feed.sources names those that are; where it is"
                  .formatted(voucher.account())
              + " empty, validators with a permit are");
    }
    if (!voucher.hasSigned(DatasetVoucher.text(genesis, netuid, address.signed()))) {
      throw refused(
          "its signature is not that of %s for netuid %d of the chain with the genesis %s"
              .formatted(voucher.account(), netuid, genesis));
    }
    isVouchedFor = true;
  }

  @Override
  public Page samples(long fromBlock, long toBlock) throws InterruptedException {
    if (address.voucher().filter(each -> !each.overlaps(fromBlock, toBlock)).isPresent()) {
      return new Page(List.of(), OptionalLong.empty());
    }
    Snapshot snapshot = downloaded();
    Rows rows = new Rows(fromBlock, toBlock);
    List<WantedColumn> columns =
        address.columns().areSigned() ? SignedRow.COLUMNS : Conversation.columns(address.columns());
    for (HubFile file : snapshot.files()) {
      try {
        ParquetRows.forEach(snapshot.directory().resolve(file.path()), columns, rows::add);
      } catch (IllegalArgumentException unusable) {
        throw refused(file.path() + ": " + unusable.getMessage());
      }
    }
    return new Page(rows.offers, OptionalLong.empty());
  }

  /** What rows come to that are of the blocks asked for. */
  private final class Rows {
    private final long fromBlock;
    private final long toBlock;
    private final List<Optional<OfferedSample>> offers = new ArrayList<>();
    private int count;
    private long text;

    Rows(long fromBlock, long toBlock) {
      this.fromBlock = fromBlock;
      this.toBlock = toBlock;
    }

    void add(Group row) {
      count++;
      if (count > MOST_ROWS) {
        throw new IllegalArgumentException("the dataset has more than " + MOST_ROWS + " rows");
      }
      Optional<OfferedSample> offer =
          address.columns().areSigned()
              ? SignedRow.sample(row).flatMap(sample -> sample.offer(netuid))
              : vouchedFor(row);
      if (offer.isEmpty()) {
        offers.add(offer);
        return;
      }
      long block = offer.get().row().block();
      if (block >= fromBlock && block <= toBlock) {
        offers.add(offer);
        text += offer.get().textBytes();
      }
      if (text > MOST_TEXT) {
        throw new IllegalArgumentException(
            "blocks %d to %d have more than %d MiB of text; spread it over more blocks"
                .formatted(fromBlock, toBlock, MOST_TEXT >> 20));
      }
    }
  }

  private Optional<OfferedSample> vouchedFor(Group row) {
    DatasetVoucher voucher = address.voucher().orElseThrow();
    return Conversation.of(row, address.columns())
        .map(
            found -> {
              String id = FeedSample.idOf(found.prompt(), found.response());
              return new OfferedSample(
                  new SampleRow(
                      id,
                      found.prompt(),
                      found.response(),
                      voucher.account(),
                      voucher.block(id),
                      voucher.at(),
                      VOUCHED + voucher.signature()),
                  () -> isVouchedFor);
            });
  }

  private Snapshot downloaded() throws InterruptedException {
    if (files.isEmpty()) {
      files = Optional.of(download());
    }
    return files.get();
  }

  private Snapshot download() throws InterruptedException {
    try {
      return hub.download(address.repository(), address.revision(), address.files(), LIMITS, cache);
    } catch (HubException.Unavailable | HubException.Broken away) {
      throw new FeedException(away.getMessage() + "; try again later");
    } catch (HubException unusable) {
      throw refused(unusable.getMessage());
    } catch (IOException unwritable) {
      throw new FeedException(
          "%s can't be written: %s; make room in it".formatted(cache, unwritable.getMessage()));
    }
  }

  private ConfigurationException refused(String why) {
    return new ConfigurationException(
        "feed.endpoint is %s, a dataset: %s; give it another one".formatted(address.text(), why));
  }
}
