package dev.assay.localnet.chain.runtime;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.pallet.CallCodec;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.substrate.Address;
import java.util.Arrays;

/**
 * A signed extrinsic of format 4.
 *
 * @param bytes all of it, its length in front, as blocks hold it
 * @param signed what the signature covers, up to what each chain adds to it
 */
public record SignedExtrinsic(
    Bytes bytes,
    Bytes32 hash,
    AccountId signer,
    MultiSignature signature,
    Mortality mortality,
    long nonce,
    long tip,
    RuntimeCall call,
    Bytes signed) {
  private static final int SIGNED_V4 = 0x84;
  private static final int BARE_V4 = 0x04;
  private static final int HASHED_ABOVE = 256;

  /**
   * Reads an extrinsic with its length in front.
   *
   * @throws InvalidTransactionException when it isn't one that the runtime can decode
   */
  public static SignedExtrinsic decode(byte[] bytes, CallCodec codec)
      throws InvalidTransactionException {
    try {
      return read(bytes, codec);
    } catch (ScaleException e) {
      throw InvalidTransactionException.malformed(
          "the extrinsic can't be decoded: " + e.getMessage());
    }
  }

  private static SignedExtrinsic read(byte[] bytes, CallCodec codec)
      throws InvalidTransactionException {
    ScaleReader in = new ScaleReader(bytes);
    in.count(1);
    int version = in.u8();
    if (version == BARE_V4) {
      throw InvalidTransactionException.unknown(
          "Could not find an unsigned validator for the unsigned transaction");
    }
    if (version != SIGNED_V4) {
      throw in.fail("extrinsics of version 4 are served, not " + (version & 0x7f));
    }
    AccountId signer =
        Address.read(in)
            .account()
            .orElseThrow(() -> InvalidTransactionException.unknown("Could not lookup information"));
    MultiSignature signature = MultiSignature.read(in);
    int extrasStart = in.offset();
    Mortality mortality = Mortality.read(in);
    long nonce = in.compactLong();
    long tip = in.compactLong();
    int metadataHashMode = in.u8();
    int callStart = in.offset();
    RuntimeCall call = codec.read(in);
    in.end();
    if (metadataHashMode != 0) {
      throw InvalidTransactionException.unknown("Could not lookup information");
    }
    ScaleWriter signed = new ScaleWriter();
    signed.bytes(Arrays.copyOfRange(bytes, callStart, bytes.length));
    signed.bytes(Arrays.copyOfRange(bytes, extrasStart, callStart));
    return new SignedExtrinsic(
        new Bytes(bytes),
        new Bytes32(Blake2.blake2b256(bytes)),
        signer,
        signature,
        mortality,
        nonce,
        tip,
        call,
        new Bytes(signed.toByteArray()));
  }

  /** Whether the signer signed this for this runtime, this chain and this birth. */
  boolean proven(long specVersion, long transactionVersion, Bytes32 genesis, Bytes32 birth) {
    ScaleWriter payload = new ScaleWriter().bytes(signed.raw());
    payload.u32(specVersion).u32(transactionVersion);
    payload.bytes(genesis.bytes()).bytes(birth.bytes()).u8(0);
    byte[] message = payload.toByteArray();
    if (message.length > HASHED_ABOVE) {
      message = Blake2.blake2b256(message);
    }
    return signature.isOf(signer, message);
  }
}
