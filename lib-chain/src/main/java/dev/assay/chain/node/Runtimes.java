package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtimes that a chain had, by version; each is fetched once. Blocks of different runtimes may
 * be asked side by side. A newer one than any before is logged as a warning.
 */
public final class Runtimes {
  private static final Logger LOG = LoggerFactory.getLogger(Runtimes.class);
  private static final List<Integer> VERSIONS = List.of(15, 16);
  private static final int KEPT = 8;

  private final Node node;
  private final Map<RuntimeVersion, NodeRuntime> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<RuntimeVersion, NodeRuntime> eldest) {
              return size() > KEPT;
            }
          });

  private Optional<RuntimeVersion> newest = Optional.empty();

  public Runtimes(Node node) {
    this.node = node;
  }

  /** The runtime after a block. */
  public NodeRuntime after(Hash block) {
    return after(block, node.runtimeVersion(block));
  }

  /** The runtime after a block whose version is known already. */
  public NodeRuntime after(Hash block, RuntimeVersion version) {
    NodeRuntime runtime = known.get(version);
    if (runtime == null) {
      runtime = new NodeRuntime(version, fetch(block));
      known.put(version, runtime);
      LOG.info("runtime {}, metadata version {}", runtime.version(), runtime.metadata().version());
      tellUpgrade(version);
    }
    return runtime;
  }

  private synchronized void tellUpgrade(RuntimeVersion version) {
    newest
        .filter(before -> version.specVersion() > before.specVersion())
        .ifPresent(before -> LOG.warn("the chain's runtime is now {}, it was {}", version, before));
    if (newest.isEmpty() || version.specVersion() > newest.get().specVersion()) {
      newest = Optional.of(version);
    }
  }

  private Metadata fetch(Hash block) {
    for (int version : VERSIONS) {
      Optional<byte[]> metadata = atVersion(version, block);
      if (metadata.isPresent()) {
        return MetadataParser.parse(metadata.get());
      }
    }
    return MetadataParser.parse(node.metadataV14(block));
  }

  private Optional<byte[]> atVersion(int version, Hash block) {
    byte[] argument = new ScaleWriter().u32(version).toByteArray();
    try {
      ScaleReader result =
          new ScaleReader(node.runtimeCall("Metadata_metadata_at_version", argument, block));
      return result.option(ScaleReader::byteVec);
    } catch (RpcErrorException withoutThatMethod) {
      LOG.debug("no metadata at version {}: {}", version, withoutThatMethod.getMessage());
      return Optional.empty();
    }
  }
}
