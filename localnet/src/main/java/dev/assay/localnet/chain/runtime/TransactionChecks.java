package dev.assay.localnet.chain.runtime;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.InvalidTransactionException.Reason;
import dev.assay.localnet.chain.shield.ShieldPallet;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.substrate.SudoPallet;
import dev.assay.localnet.chain.substrate.SystemPallet;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet;
import java.util.Optional;

/** The transaction extensions' checks, in the extensions' order. */
final class TransactionChecks {
  private static final AccountId ZERO = AccountId.of(new byte[32]);

  /** The real chain gives every call of the normal class the same, whatever the tip. */
  private static final long NORMAL_PRIORITY = 1;

  /** For how many blocks an encrypted extrinsic may wait at most. */
  private static final long SHIELDED_PERIOD = 8;

  private final NodeRuntime runtime;

  TransactionChecks(NodeRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Checks the signature alone, which is most of the work and needs nothing but block hashes.
   *
   * @param best the block that the extrinsic's block will come after
   */
  void proof(SignedExtrinsic extrinsic, Block best, Bytes32 genesis)
      throws InvalidTransactionException {
    long birthNumber = extrinsic.mortality().birth(best.number() + 1);
    Optional<Bytes32> birth = hash(birthNumber, best, genesis);
    if (birth.isEmpty()) {
      throw InvalidTransactionException.because(Reason.ANCIENT_BIRTH_BLOCK);
    }
    long specVersion = runtime.version().specVersion();
    long transactionVersion = runtime.version().transactionVersion();
    if (!extrinsic.proven(specVersion, transactionVersion, genesis, birth.get())) {
      throw InvalidTransactionException.because(Reason.BAD_PROOF);
    }
  }

  private static Optional<Bytes32> hash(long number, Block best, Bytes32 genesis) {
    if (number == 0) {
      return Optional.of(genesis);
    }
    if (number == best.number()) {
      return Optional.of(best.hash());
    }
    return SystemPallet.blockHash(best.state().storage(), number);
  }

  /**
   * Checks all but the signature against a state.
   *
   * @param block the block that the extrinsic would be in
   */
  Validity validate(SignedExtrinsic extrinsic, Storage storage, long block)
      throws InvalidTransactionException {
    AccountId signer = extrinsic.signer();
    if (signer.equals(ZERO)) {
      throw InvalidTransactionException.because(Reason.BAD_SIGNER);
    }
    if (ShieldPallet.carries(extrinsic.call()) && !extrinsic.mortality().within(SHIELDED_PERIOD)) {
      throw InvalidTransactionException.because(Reason.STALE);
    }
    long nonce = nonce(extrinsic, storage);
    long due = runtime.fee(extrinsic) + extrinsic.tip();
    boolean unpaid = due > 0 && !BalancesPallet.canPay(storage, signer, due);
    if (extrinsic.tip() < 0 || unpaid) {
      throw InvalidTransactionException.because(Reason.PAYMENT);
    }
    boolean sudo = extrinsic.call().is("Sudo", "sudo");
    if (sudo && !SudoPallet.isKey(storage, signer)) {
      throw InvalidTransactionException.because(Reason.BAD_SIGNER);
    }
    for (CallCheck check : runtime.callChecks()) {
      check.check(storage, block, signer, extrinsic.call());
    }
    long validUntil = extrinsic.mortality().death(block) - 1;
    return new Validity(NORMAL_PRIORITY, nonce, validUntil);
  }

  private long nonce(SignedExtrinsic extrinsic, Storage storage)
      throws InvalidTransactionException {
    long nonce = SystemPallet.nonce(storage, extrinsic.signer());
    boolean pays = runtime.pays(extrinsic.call());
    if (pays && BalancesPallet.free(storage, extrinsic.signer()) == 0) {
      throw InvalidTransactionException.because(Reason.PAYMENT);
    }
    if (extrinsic.nonce() < nonce) {
      throw InvalidTransactionException.because(Reason.STALE);
    }
    return nonce;
  }

  static TransactionPaymentPallet.Fee fee(NodeRuntime runtime, SignedExtrinsic extrinsic) {
    return TransactionPaymentPallet.fee(
        extrinsic.bytes().length(), runtime.weight(extrinsic.call()));
  }
}
