package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;

/**
 * A call signed for one nonce and era, ready to be sent; sending it twice is harmless. Its hash
 * names it, and after {@link Era#lastBlock} it can no longer be included.
 */
public record SignedExtrinsic(Hash hash, Value bytes, AccountId signer, SigningTerms terms) {
  private static final int SIGNED_VERSION_4 = 0x84;
  private static final int ADDRESS_ID = 0;
  private static final int SIGNATURE_SR25519 = 1;
  private static final int LONGEST_PLAIN_PAYLOAD = 256;

  /** Signs a call under a runtime's metadata. */
  public static SignedExtrinsic sign(
      Call call, Metadata metadata, SigningTerms terms, Signer signer) {
    byte[] encodedCall = call.encode(metadata);
    Extensions extensions = Extensions.of(metadata, terms);
    byte[] signature = signer.sign(payload(encodedCall, extensions));
    byte[] body =
        new ScaleWriter()
            .u8(SIGNED_VERSION_4)
            .u8(ADDRESS_ID)
            .bytes(signer.account().bytes())
            .u8(SIGNATURE_SR25519)
            .bytes(signature)
            .bytes(extensions.explicit())
            .bytes(encodedCall)
            .toByteArray();
    return of(new ScaleWriter().byteVec(body).toByteArray(), signer.account(), terms);
  }

  private static byte[] payload(byte[] call, Extensions extensions) {
    byte[] payload =
        new ScaleWriter()
            .bytes(call)
            .bytes(extensions.explicit())
            .bytes(extensions.implicit())
            .toByteArray();
    return payload.length > LONGEST_PLAIN_PAYLOAD ? Blake2.blake2b256(payload) : payload;
  }

  private static SignedExtrinsic of(byte[] extrinsic, AccountId signer, SigningTerms terms) {
    return new SignedExtrinsic(hash(extrinsic), Value.of(extrinsic), signer, terms);
  }

  /** All of it in bytes, to be kept until its fate is known; see {@link #recorded(byte[])}. */
  public byte[] record() {
    return new ScaleWriter()
        .bytes(terms.genesis().bytes())
        .string(terms.runtime().specName())
        .u32(terms.runtime().specVersion())
        .u32(terms.runtime().transactionVersion())
        .u32(terms.era().period())
        .u64(terms.era().birth())
        .bytes(terms.birthHash().bytes())
        .u64(terms.nonce())
        .u64(terms.tip())
        .bytes(signer.bytes())
        .byteVec(bytes.asBytes())
        .toByteArray();
  }

  /** What {@link #record} has kept. */
  public static SignedExtrinsic recorded(byte[] record) {
    ScaleReader in = new ScaleReader(record);
    Hash genesis = Hash.of(in.bytes(Hash.LENGTH));
    RuntimeVersion runtime = new RuntimeVersion(in.string(), in.u32(), in.u32());
    Era era = new Era(Math.toIntExact(in.u32()), in.u64());
    SigningTerms terms =
        new SigningTerms(genesis, runtime, era, Hash.of(in.bytes(Hash.LENGTH)), in.u64(), in.u64());
    AccountId signer = AccountId.of(in.bytes(AccountId.LENGTH));
    SignedExtrinsic extrinsic = of(in.byteVec(), signer, terms);
    in.end();
    return extrinsic;
  }

  /** The signer's nonce that it uses. */
  public long nonce() {
    return terms.nonce();
  }

  /** When it is valid. */
  public Era era() {
    return terms.era();
  }

  /** The hash that names an extrinsic, with its length prefix. */
  static Hash hash(byte[] extrinsic) {
    return Hash.of(Blake2.blake2b256(extrinsic));
  }
}
