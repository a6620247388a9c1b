package dev.assay.localnet.chain.runtime;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.substrate.RuntimeVersion;
import dev.assay.localnet.chain.substrate.SystemPallet;
import java.util.List;

/** What every Substrate runtime answers: its version, its metadata, an account's nonce. */
final class CoreApis {
  private static final Shape<byte[]> OPAQUE_METADATA =
      Shapes.wrapper("sp_core::OpaqueMetadata", Shapes.BYTES);

  private static final Field<AccountId> ACCOUNT = field("account", Shapes.ACCOUNT);
  private static final Field<Long> VERSION = field("version", Shapes.U32);

  private CoreApis() {}

  static RuntimeApi core(NodeRuntime runtime) {
    return new RuntimeApi(
        "Core",
        5,
        List.of(
            method("version", RuntimeVersion.SHAPE, (context, arguments) -> runtime.version())));
  }

  static RuntimeApi metadata(NodeRuntime runtime) {
    return new RuntimeApi(
        "Metadata",
        2,
        List.of(
            method(
                "metadata",
                OPAQUE_METADATA,
                (context, arguments) -> runtime.metadata(14).orElseThrow()),
            method(
                "metadata_at_version",
                Shapes.option(OPAQUE_METADATA),
                (context, arguments) -> runtime.metadata(arguments.get(VERSION)),
                VERSION),
            method(
                "metadata_versions",
                Shapes.vec(Shapes.U32),
                (context, arguments) -> List.of(14L, 15L))));
  }

  static RuntimeApi accountNonce() {
    return new RuntimeApi(
        "AccountNonceApi",
        1,
        List.of(
            method(
                "account_nonce",
                Shapes.U32,
                (context, arguments) ->
                    SystemPallet.nonce(context.storage(), arguments.get(ACCOUNT)),
                ACCOUNT)));
  }
}
