package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.metadata.Constant;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.Pallet;
import dev.assay.chain.metadata.RuntimeApi;
import dev.assay.chain.metadata.StorageEntry;
import dev.assay.chain.metadata.Type;
import dev.assay.chain.metadata.TypeRegistry;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the localnet's metadata declares against the main network's runtime of spec version 393: an
 * item that both have must be the same in every respect, and what only the localnet has must be
 * known to come from a newer runtime.
 */
class GeneratedMetadataIT {
  /** What runtimes after 393 added and the newest clients ask for. */
  private static final Set<String> NEWER =
      Set.of(
          "SubtensorModule.ActivityCutoffFactorMilli",
          "SubtensorModule.DecayingHotkeyLock",
          "SubtensorModule.DecayingOwnerLock",
          "SubtensorModule.HotkeyLock",
          "SubtensorModule.MaturityRate",
          "SubtensorModule.OwnerLock",
          "SubtensorModule.UnlockRate",
          "SubtensorModule.BurnHalfLife",
          "SubtensorModule.BurnIncreaseMult",
          "SubtensorModule.CollateralLockShare",
          "SubtensorModule.LastEpochBlock",
          "SubtensorModule.OwnerCutEnabled",
          "SubtensorModule.PendingEpochAt",
          "SubtensorModule.SubnetEpochConsensus",
          "SubtensorModule.SubnetEpochIndex",
          "StakeInfoRuntimeApi.get_coldkey_lock",
          "StakeInfoRuntimeApi.get_hotkey_conviction",
          "StakeInfoRuntimeApi.get_most_convicted_hotkey_on_subnet",
          "SubnetInfoRuntimeApi.get_next_epoch_start_block",
          "SubnetInfoRuntimeApi.get_subnet_account_id",
          "SubnetInfoRuntimeApi.get_subnet_hyperparams_v3");

  /** The calls that runtimes after 393 added, as the newest source numbers them. */
  private static final Set<String> NEWER_CALLS =
      Set.of(
          "134 register_limit(netuid:Scalar[primitive=U16],"
              + " hotkey:sp_core::crypto::AccountId32(:[Scalar[primitive=U8]; 32]),"
              + " limit_price:Scalar[primitive=U64])",
          "139 set_tempo(netuid:Scalar[primitive=U16], tempo:Scalar[primitive=U16])");

  private static Metadata generated;
  private static Metadata real;

  @BeforeAll
  static void read() throws IOException {
    generated = MetadataParser.parse(NodeRuntime.first().metadata(15).orElseThrow());
    real =
        MetadataParser.parse(Files.readAllBytes(Places.recorded("metadata/finney-393.v16.scale")));
  }

  @Test
  void everyStorageItemIsTheRealOne() {
    Set<String> newer = new TreeSet<>();
    for (Pallet pallet : generated.pallets().values()) {
      Pallet theirs = real.pallet(pallet.name());
      for (StorageEntry entry : pallet.storage().values()) {
        String name = pallet.name() + "." + entry.name();
        if (!theirs.storage().containsKey(entry.name())) {
          newer.add(name);
          continue;
        }
        StorageEntry other = theirs.entry(entry.name());
        assertThat(entry.optional()).as(name).isEqualTo(other.optional());
        assertThat(entry.hashers()).as(name).isEqualTo(other.hashers());
        assertThat(shapes(generated, entry.keys())).as(name).isEqualTo(shapes(real, other.keys()));
        assertThat(shape(generated, entry.value())).as(name).isEqualTo(shape(real, other.value()));
        assertThat(entry.fallback()).as(name).isEqualTo(other.fallback());
      }
    }
    assertThat(newer).isSubsetOf(NEWER).hasSize(15);
  }

  @Test
  void everyConstantIsTheRealOne() {
    Set<String> others = new TreeSet<>();
    for (Pallet pallet : generated.pallets().values()) {
      Pallet theirs = real.pallet(pallet.name());
      for (Constant constant : pallet.constants().values()) {
        String name = pallet.name() + "." + constant.name();
        Constant other = theirs.constants().get(constant.name());
        assertThat(other).as(name).isNotNull();
        assertThat(shape(generated, constant.type())).as(name).isEqualTo(shape(real, other.type()));
        if (!constant.bytes().equals(other.bytes())) {
          others.add(name);
        }
      }
    }
    assertThat(others).containsExactly("System.Version");
  }

  @Test
  void everyCallEventAndErrorHasItsRealIndexAndFields() {
    for (Pallet pallet : generated.pallets().values()) {
      Pallet theirs = real.pallet(pallet.name());
      assertThat(pallet.index()).as(pallet.name()).isEqualTo(theirs.index());
      if (!pallet.storage().isEmpty()) {
        assertThat(pallet.prefix()).as(pallet.name()).isEqualTo(theirs.prefix());
      }
      compareVariants(pallet.name() + " calls", pallet.calls(), theirs.calls());
      compareVariants(pallet.name() + " events", pallet.events(), theirs.events());
      compareVariants(pallet.name() + " errors", pallet.errors(), theirs.errors());
    }
  }

  @Test
  void everyRuntimeApiTakesAndGivesWhatTheRealOneDoes() {
    Set<String> newer = new TreeSet<>();
    for (RuntimeApi api : generated.apis().values()) {
      for (RuntimeApi.Method method : api.methods().values()) {
        String name = api.name() + "." + method.name();
        if (real.findMethod(api.name(), method.name()).isEmpty()) {
          newer.add(name);
          continue;
        }
        RuntimeApi.Method other = real.method(api.name(), method.name());
        assertThat(shapes(generated, method.inputs()))
            .as(name)
            .isEqualTo(shapes(real, other.inputs()));
        assertThat(shape(generated, method.output()))
            .as(name)
            .isEqualTo(shape(real, other.output()));
      }
    }
    assertThat(newer).isSubsetOf(NEWER).hasSize(6);
  }

  @Test
  void theExtensionsAreTheRealOnesInTheirOrder() {
    assertThat(
            generated.extensions().stream()
                .map(
                    each ->
                        each.identifier()
                            + shape(generated, each.explicit())
                            + shape(generated, each.implicit()))
                .toList())
        .isEqualTo(
            real.extensions().stream()
                .map(
                    each ->
                        each.identifier()
                            + shape(real, each.explicit())
                            + shape(real, each.implicit()))
                .toList());
  }

  @Test
  void bothVersionsDescribeTheSame() {
    Metadata older = MetadataParser.parse(NodeRuntime.first().metadata(14).orElseThrow());
    assertThat(older.pallets().keySet()).isEqualTo(generated.pallets().keySet());
    assertThat(older.pallet("SubtensorModule").storage().keySet())
        .isEqualTo(generated.pallet("SubtensorModule").storage().keySet());
  }

  /** Clients compute keys from what they were built with, which may be as old as this. */
  @Test
  void storageKeysAreStillThoseOfAnOldRuntime() throws Exception {
    Metadata old = MetadataParser.parse(PublishedMetadata.ofWallet());
    int compared = 0;
    for (Pallet pallet : generated.pallets().values()) {
      for (StorageEntry entry : pallet.storage().values()) {
        Optional<StorageEntry> other = old.findEntry(pallet.name(), entry.name());
        if (other.isPresent()) {
          assertThat(entry.hashers())
              .as(pallet.name() + "." + entry.name())
              .isEqualTo(other.get().hashers());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  private static void compareVariants(String what, OptionalInt ours, OptionalInt theirs) {
    if (ours.isEmpty()) {
      return;
    }
    List<String> all = variants(real, theirs.orElseThrow());
    assertThat(variants(generated, ours.getAsInt()))
        .as(what)
        .filteredOn(variant -> !NEWER_CALLS.contains(variant))
        .isSubsetOf(all);
  }

  private static List<String> variants(Metadata metadata, int type) {
    Type.Shape shape = metadata.types().type(type).shape();
    return ((Type.Shape.Enumeration) shape)
        .variants().stream().map(each -> variant(metadata, each)).toList();
  }

  private static String variant(Metadata metadata, Type.Variant variant) {
    return variant.index() + " " + variant.name() + fields(metadata, variant.fields());
  }

  private static String fields(Metadata metadata, List<Type.Field> fields) {
    return fields.stream()
        .map(each -> each.name().orElse("") + ":" + shape(metadata, each.type()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<String> shapes(Metadata metadata, List<Integer> types) {
    return types.stream().map(type -> shape(metadata, type)).toList();
  }

  /** All of a type in words; the enums that span the runtime by their name alone. */
  private static String shape(Metadata metadata, int id) {
    TypeRegistry types = metadata.types();
    Type type = types.type(id);
    String path = String.join("::", type.path());
    if (path.startsWith("node_subtensor_runtime::Runtime") || path.endsWith("Extrinsic")) {
      return type.path().get(type.path().size() - 1);
    }
    if (type.shape() instanceof Type.Shape.Composite composite) {
      return path + fields(metadata, composite.fields());
    }
    if (type.shape() instanceof Type.Shape.Enumeration enumeration) {
      return path
          + enumeration.variants().stream()
              .sorted(Comparator.comparingInt(Type.Variant::index))
              .map(each -> variant(metadata, each))
              .collect(Collectors.joining(" | ", "<", ">"));
    }
    if (type.shape() instanceof Type.Shape.Sequence sequence) {
      return "[" + shape(metadata, sequence.element()) + "]";
    }
    if (type.shape() instanceof Type.Shape.Array array) {
      return "[" + shape(metadata, array.element()) + "; " + array.length() + "]";
    }
    if (type.shape() instanceof Type.Shape.Tuple tuple) {
      return shapes(metadata, tuple.elements()).toString();
    }
    if (type.shape() instanceof Type.Shape.Compact compact) {
      return "compact " + shape(metadata, compact.type());
    }
    return type.shape().toString();
  }
}
