package dev.assay.chain.metadata;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads metadata of version 14, 15 or 16 as github.com/paritytech/frame-metadata defines them
 * (v14.rs, v15.rs, v16.rs).
 */
public final class MetadataParser {
  private static final long MAGIC = 0x6174656dL;

  private final ScaleReader reader;
  private final int version;
  private TypeRegistry types = new TypeRegistry(List.of());

  private MetadataParser(ScaleReader reader) {
    this.reader = reader;
    long magic = reader.u32();
    if (magic != MAGIC) {
      throw reader.fail("metadata starts with \"meta\", not 0x" + Long.toHexString(magic));
    }
    version = reader.u8();
    if (version < 14 || version > 16) {
      throw reader.fail("metadata of version " + version + "; known are 14, 15 and 16");
    }
  }

  /**
   * Reads metadata with its magic number and version in front.
   *
   * @throws ScaleException if the bytes hold none
   */
  public static Metadata parse(byte[] bytes) {
    return new MetadataParser(new ScaleReader(bytes)).metadata();
  }

  private Metadata metadata() {
    types = types();
    Map<String, Pallet> pallets = byName(reader.vec(each -> pallet()), Pallet::name);
    List<TransactionExtension> extensions = extensions();
    Map<String, RuntimeApi> apis = Map.of();
    if (version == 14) {
      type();
    } else {
      if (version == 15) {
        type();
      }
      apis = byName(reader.vec(each -> api()), RuntimeApi::name);
      outerEnumsAndCustom();
    }
    reader.end();
    return new Metadata(version, types, pallets, extensions, apis);
  }

  private TypeRegistry types() {
    List<Type> read = new ArrayList<>();
    int count = reader.count(1);
    for (int id = 0; id < count; id++) {
      int written = reader.compactInt();
      if (written != id) {
        throw reader.fail("type " + written + " stands where type " + id + " belongs");
      }
      read.add(new TypeParser(reader).type());
    }
    try {
      return new TypeRegistry(read);
    } catch (IllegalArgumentException unknownReference) {
      throw reader.fail(unknownReference.getMessage());
    }
  }

  private Pallet pallet() {
    String name = reader.string();
    String prefix = "";
    Map<String, StorageEntry> storage = Map.of();
    if (reader.bool()) {
      prefix = reader.string();
      storage = byName(reader.vec(each -> entry()), StorageEntry::name);
    }
    OptionalInt calls = enumeration();
    OptionalInt events = enumeration();
    Map<String, Constant> constants = byName(reader.vec(each -> constant()), Constant::name);
    OptionalInt errors = enumeration();
    if (version == 16) {
      reader.vec(each -> associatedType());
      reader.vec(each -> viewFunction());
    }
    int index = reader.u8();
    if (version >= 15) {
      docs();
    }
    deprecation();
    return new Pallet(name, index, prefix, storage, calls, events, errors, constants);
  }

  private StorageEntry entry() {
    String name = reader.string();
    boolean optional = !reader.bool();
    List<StorageHasher> hashers = List.of();
    List<Integer> keys = List.of();
    if (reader.bool()) {
      hashers = reader.vec(each -> hasher());
      keys = keys(type(), hashers.size());
    }
    int value = type();
    Value.Bytes fallback = new Value.Bytes(reader.byteVec());
    docs();
    deprecation();
    return new StorageEntry(name, optional, hashers, keys, value, fallback);
  }

  /** One hasher has the key as it is; several have a tuple of as many parts. */
  private List<Integer> keys(int key, int hashers) {
    if (hashers == 1) {
      return List.of(key);
    }
    if (types.type(key).shape() instanceof Type.Shape.Tuple tuple
        && tuple.elements().size() == hashers) {
      return tuple.elements();
    }
    throw reader.fail("a storage map of " + hashers + " hashers has another number of keys");
  }

  private StorageHasher hasher() {
    int index = reader.u8();
    return switch (index) {
      case 0 -> StorageHasher.BLAKE2_128;
      case 1 -> StorageHasher.BLAKE2_256;
      case 2 -> StorageHasher.BLAKE2_128_CONCAT;
      case 3 -> StorageHasher.TWOX_128;
      case 4 -> StorageHasher.TWOX_256;
      case 5 -> StorageHasher.TWOX_64_CONCAT;
      case 6 -> StorageHasher.IDENTITY;
      default -> throw reader.fail("there is no storage hasher " + index);
    };
  }

  private OptionalInt enumeration() {
    if (!reader.bool()) {
      return OptionalInt.empty();
    }
    int type = type();
    if (version == 16) {
      reader.vec(each -> variantDeprecation());
    }
    return OptionalInt.of(type);
  }

  private Constant constant() {
    String name = reader.string();
    Constant constant = new Constant(name, type(), new Value.Bytes(reader.byteVec()));
    docs();
    deprecation();
    return constant;
  }

  private List<TransactionExtension> extensions() {
    if (version == 14) {
      type();
      reader.u8();
    } else {
      extrinsicVersions();
      int shared = version == 15 ? 4 : 3;
      for (int i = 0; i < shared; i++) {
        type();
      }
    }
    List<Integer> chosen = version == 16 ? extensionsOfVersion4() : List.of();
    List<TransactionExtension> all =
        reader.vec(each -> new TransactionExtension(reader.string(), type(), type()));
    if (version < 16) {
      return all;
    }
    for (int index : chosen) {
      if (index >= all.size()) {
        throw reader.fail("there is no transaction extension " + index);
      }
    }
    return chosen.stream().map(all::get).toList();
  }

  private void extrinsicVersions() {
    if (version == 15) {
      reader.u8();
    } else {
      reader.byteVec();
    }
  }

  /** Which extensions, by their place, an extrinsic of each version carries. */
  private List<Integer> extensionsOfVersion4() {
    List<Integer> chosen = List.of();
    int versions = reader.count(2);
    for (int i = 0; i < versions; i++) {
      int extrinsicVersion = reader.u8();
      List<Integer> indices = reader.vec(ScaleReader::compactInt);
      if (extrinsicVersion == 4 || chosen.isEmpty()) {
        chosen = indices;
      }
    }
    return chosen;
  }

  private RuntimeApi api() {
    String name = reader.string();
    Map<String, RuntimeApi.Method> methods =
        byName(reader.vec(each -> method()), RuntimeApi.Method::name);
    docs();
    if (version == 16) {
      reader.compactInt();
    }
    deprecation();
    return new RuntimeApi(name, methods);
  }

  private RuntimeApi.Method method() {
    String name = reader.string();
    List<Integer> inputs = inputs();
    int output = type();
    docs();
    deprecation();
    return new RuntimeApi.Method(name, inputs, output);
  }

  private List<Integer> inputs() {
    return reader.vec(
        each -> {
          reader.string();
          return type();
        });
  }

  private int associatedType() {
    reader.string();
    int type = type();
    docs();
    return type;
  }

  private int viewFunction() {
    reader.skip(32);
    reader.string();
    inputs();
    int output = type();
    docs();
    deprecation();
    return output;
  }

  private void outerEnumsAndCustom() {
    type();
    type();
    type();
    reader.vec(
        each -> {
          reader.string();
          type();
          return reader.byteVec();
        });
  }

  private int type() {
    int id = reader.compactInt();
    if (id >= types.size()) {
      throw reader.fail("type " + id + " is referred to, but there are " + types.size());
    }
    return id;
  }

  private void docs() {
    TypeParser.skipDocs(reader);
  }

  private void deprecation() {
    if (version < 16) {
      return;
    }
    int kind = reader.u8();
    if (kind > 2) {
      throw reader.fail("there is no deprecation " + kind);
    }
    if (kind == 2) {
      deprecationNote();
    }
  }

  private int variantDeprecation() {
    int variant = reader.u8();
    int kind = reader.u8();
    if (kind < 1 || kind > 2) {
      throw reader.fail("there is no deprecation " + kind + " of a variant");
    }
    if (kind == 2) {
      deprecationNote();
    }
    return variant;
  }

  private void deprecationNote() {
    reader.byteVec();
    reader.option(ScaleReader::byteVec);
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    Map<String, T> named = new LinkedHashMap<>();
    items.forEach(item -> named.put(name.apply(item), item));
    return named;
  }
}
