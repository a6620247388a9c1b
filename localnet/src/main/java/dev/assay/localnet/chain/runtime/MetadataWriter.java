package dev.assay.localnet.chain.runtime;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeRegistry;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.StorageItem;
import dev.assay.localnet.chain.substrate.Address;
import java.util.List;
import java.util.Optional;

/** Generates runtime metadata of versions 14 and 15 from what the pallets declare. */
final class MetadataWriter {
  private static final long MAGIC = 0x6174656dL;

  private static final List<StorageHasher> HASHERS = List.of(StorageHasher.values());

  private final OuterTypes outer;
  private final List<Pallet> pallets;
  private final List<RuntimeApi> apis;
  private final TypeRegistry types;

  private MetadataWriter(List<Pallet> pallets, List<RuntimeApi> apis) {
    this.pallets = pallets;
    this.apis = apis;
    this.outer = new OuterTypes(pallets);
    this.types = new TypeRegistry(outer.call(), outer.event());
    // Some clients take type 0 for the account's, as it is on the main network.
    types.id(Shapes.ACCOUNT.type());
  }

  /** Metadata of version 14: without runtime APIs. */
  static byte[] version14(List<Pallet> pallets) {
    return new MetadataWriter(pallets, List.of()).write(14);
  }

  /** Metadata of version 15. */
  static byte[] version15(List<Pallet> pallets, List<RuntimeApi> apis) {
    return new MetadataWriter(pallets, apis).write(15);
  }

  private byte[] write(int version) {
    // The types are numbered while the rest is written, so they come second although they stand
    // first.
    ScaleWriter rest = new ScaleWriter();
    rest.vec(pallets, (out, pallet) -> pallet(out, pallet, version));
    if (version == 14) {
      extrinsic14(rest);
    } else {
      extrinsic15(rest);
    }
    rest.compact(types.id(SignedExtrinsicTypes.RUNTIME));
    if (version == 15) {
      rest.vec(apis, this::api);
      rest.compact(types.id(outer.call()));
      rest.compact(types.id(outer.event()));
      rest.compact(types.id(outer.error()));
      rest.compact(0);
    }
    ScaleWriter out = new ScaleWriter().u32(MAGIC).u8(version);
    return out.bytes(types.encode()).bytes(rest.toByteArray()).toByteArray();
  }

  private void pallet(ScaleWriter out, Pallet pallet, int version) {
    out.string(pallet.name());
    Optional<Pallet> stored = Optional.of(pallet).filter(each -> !each.storage().isEmpty());
    out.option(
        stored, (inner, each) -> inner.string(each.name()).vec(each.storage(), this::storageEntry));
    out.option(OuterTypes.calls(pallet), this::typeReference);
    out.option(OuterTypes.events(pallet), this::typeReference);
    out.vec(pallet.constants(), this::constant);
    out.option(OuterTypes.errors(pallet), this::typeReference);
    out.u8(pallet.index());
    if (version == 15) {
      out.compact(0);
    }
  }

  private void typeReference(ScaleWriter out, TypeNode type) {
    out.compact(types.id(type));
  }

  private void storageEntry(ScaleWriter out, StorageItem<?> item) {
    out.string(item.name());
    out.u8(item.fallback().isPresent() ? 1 : 0);
    int value = types.id(item.value().type());
    if (item.keys().isEmpty()) {
      out.u8(0).compact(value);
    } else {
      out.u8(1).vec(item.keys(), (inner, part) -> inner.u8(HASHERS.indexOf(part.hasher())));
      out.compact(types.id(keyType(item))).compact(value);
    }
    out.byteVec(fallback(item));
    out.compact(0);
  }

  private static <V> byte[] fallback(StorageItem<V> item) {
    return item.fallback().map(item.value()::encode).orElse(new byte[] {0});
  }

  private static TypeNode keyType(StorageItem<?> item) {
    List<TypeNode> parts = item.keys().stream().map(part -> part.shape().type()).toList();
    return parts.size() == 1 ? parts.get(0) : new TypeNode.Tuple(parts);
  }

  private void constant(ScaleWriter out, Constant<?> constant) {
    out.string(constant.name()).compact(types.id(constant.shape().type()));
    out.byteVec(constant.encoded()).compact(0);
  }

  private void extrinsic14(ScaleWriter out) {
    out.compact(types.id(SignedExtrinsicTypes.extrinsic())).u8(4);
    out.vec(SignedExtrinsicTypes.EXTENSIONS, this::extension);
  }

  private void extrinsic15(ScaleWriter out) {
    out.u8(4);
    out.compact(types.id(Address.SHAPE.type()));
    out.compact(types.id(outer.call()));
    out.compact(types.id(SignedExtrinsicTypes.SIGNATURE));
    out.compact(types.id(SignedExtrinsicTypes.extra()));
    out.vec(SignedExtrinsicTypes.EXTENSIONS, this::extension);
  }

  private void extension(ScaleWriter out, Extension extension) {
    out.string(extension.identifier());
    out.compact(types.id(extension.type())).compact(types.id(extension.additional()));
  }

  private void api(ScaleWriter out, RuntimeApi api) {
    out.string(api.name()).vec(api.methods(), this::method).compact(0);
  }

  private void method(ScaleWriter out, RuntimeApi.Method<?> method) {
    out.string(method.name()).vec(method.inputs(), this::input);
    out.compact(types.id(method.output().type())).compact(0);
  }

  private void input(ScaleWriter out, Field<?> input) {
    out.string(input.name()).compact(types.id(input.shape().type()));
  }
}
