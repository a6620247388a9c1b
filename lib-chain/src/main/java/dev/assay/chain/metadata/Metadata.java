package dev.assay.chain.metadata;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.hash.Twox;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a runtime says about itself. Whatever it lacks is named by a {@link
 * MissingItemException}.
 *
 * @param version the metadata's version, 14 to 16
 * @param apis empty in version 14, which has none
 */
public record Metadata(
    int version,
    TypeRegistry types,
    Map<String, Pallet> pallets,
    List<TransactionExtension> extensions,
    Map<String, RuntimeApi> apis) {
  public Metadata {
    pallets = Map.copyOf(pallets);
    extensions = List.copyOf(extensions);
    apis = Map.copyOf(apis);
  }

  /** A pallet by its name. */
  public Pallet pallet(String name) {
    Pallet pallet = pallets.get(name);
    if (pallet == null) {
      throw new MissingItemException("pallet", name);
    }
    return pallet;
  }

  /** A storage item, if the runtime has it. */
  public Optional<StorageEntry> findEntry(String pallet, String item) {
    return Optional.ofNullable(pallets.get(pallet)).map(found -> found.storage().get(item));
  }

  /** A method of a runtime API. */
  public RuntimeApi.Method method(String api, String method) {
    return findMethod(api, method)
        .orElseThrow(() -> new MissingItemException("runtime API", api + "_" + method));
  }

  /** A method of a runtime API, if the runtime has it. */
  public Optional<RuntimeApi.Method> findMethod(String api, String method) {
    return Optional.ofNullable(apis.get(api)).map(found -> found.methods().get(method));
  }

  /** A constant's value. */
  public Value constant(String pallet, String name) {
    Constant constant = pallet(pallet).constant(name);
    return types.decode(constant.type(), constant.bytes().asBytes());
  }

  /** Whether the runtime has a call. */
  public boolean hasCall(String pallet, String call) {
    return Optional.ofNullable(pallets.get(pallet))
        .flatMap(found -> variant(found.calls(), call))
        .isPresent();
  }

  /**
   * The SCALE bytes of a call, with its arguments by name.
   *
   * @throws ShapeException if an argument is missing, unknown or of another type
   */
  public byte[] encodeCall(String pallet, String call, Map<String, Value> arguments) {
    Pallet found = pallet(pallet);
    Type.Variant variant =
        variant(found.calls(), call)
            .orElseThrow(() -> new MissingItemException("call", pallet + "." + call));
    Map<String, Value> left = new LinkedHashMap<>(arguments);
    ScaleWriter writer = new ScaleWriter().u8(found.index()).u8(variant.index());
    for (Type.Field field : variant.fields()) {
      String argument = field.name().orElse("");
      Value value = left.remove(argument);
      if (value == null) {
        throw new ShapeException(pallet + "." + call + " needs the argument " + argument);
      }
      try {
        types.encode(field.type(), value, writer);
      } catch (ShapeException refused) {
        throw new ShapeException(
            "argument %s of %s.%s: %s".formatted(argument, pallet, call, refused.getMessage()));
      }
    }
    if (!left.isEmpty()) {
      throw new ShapeException(pallet + "." + call + " has no argument " + left.keySet());
    }
    return writer.toByteArray();
  }

  /** The name of a pallet's error, as {@code Pallet.Error}, or its numbers where unknown. */
  public String errorName(int palletIndex, int errorIndex) {
    for (Pallet pallet : pallets.values()) {
      if (pallet.index() == palletIndex) {
        return pallet.name()
            + "."
            + variant(pallet.errors(), errorIndex)
                .map(Type.Variant::name)
                .orElse("error " + errorIndex);
      }
    }
    return "pallet " + palletIndex + ", error " + errorIndex;
  }

  /** The prefix that all keys of a storage item begin with. */
  public byte[] storagePrefix(String pallet, String item) {
    Pallet found = pallet(pallet);
    found.entry(item);
    return new ScaleWriter()
        .bytes(Twox.twox128(found.prefix()))
        .bytes(Twox.twox128(item))
        .toByteArray();
  }

  /** The storage key of an item, or the prefix of all keys that begin with fewer parts. */
  public byte[] storageKey(String pallet, String item, List<Value> parts) {
    StorageEntry entry = pallet(pallet).entry(item);
    if (parts.size() > entry.hashers().size()) {
      throw new ShapeException(
          "the key of %s.%s has %d parts, not %d"
              .formatted(pallet, item, entry.hashers().size(), parts.size()));
    }
    ScaleWriter writer = new ScaleWriter().bytes(storagePrefix(pallet, item));
    for (int i = 0; i < parts.size(); i++) {
      byte[] encoded = types.encode(entry.keys().get(i), parts.get(i));
      writer.bytes(entry.hashers().get(i).apply(encoded));
    }
    return writer.toByteArray();
  }

  /**
   * The parts of a storage key, read back from it; an empty value stands for a part whose hasher
   * loses it.
   */
  public List<Value> keyParts(String pallet, String item, byte[] key) {
    StorageEntry entry = pallet(pallet).entry(item);
    ScaleReader reader = new ScaleReader(key);
    reader.skip(storagePrefix(pallet, item).length);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < entry.hashers().size(); i++) {
      StorageHasher hasher = entry.hashers().get(i);
      reader.skip(hasher.hashLength());
      parts.add(hasher.reversible() ? types.decode(entry.keys().get(i), reader) : Value.empty());
    }
    reader.end();
    return parts;
  }

  /** The value behind a storage key: {@code bytes}, or the item's default where absent. */
  public Optional<Value> storageValue(String pallet, String item, Optional<byte[]> bytes) {
    StorageEntry entry = pallet(pallet).entry(item);
    if (bytes.isPresent()) {
      return Optional.of(types.decode(entry.value(), bytes.get()));
    }
    return entry.optional()
        ? Optional.empty()
        : Optional.of(types.decode(entry.value(), entry.fallback().asBytes()));
  }

  private Optional<Type.Variant> variant(OptionalInt enumeration, String name) {
    return variants(enumeration).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private Optional<Type.Variant> variant(OptionalInt enumeration, int index) {
    return variants(enumeration).stream().filter(each -> each.index() == index).findFirst();
  }

  private List<Type.Variant> variants(OptionalInt enumeration) {
    return enumeration.isPresent()
            && types.type(enumeration.getAsInt()).shape()
                instanceof Type.Shape.Enumeration enumerated
        ? enumerated.variants()
        : List.of();
  }
}
