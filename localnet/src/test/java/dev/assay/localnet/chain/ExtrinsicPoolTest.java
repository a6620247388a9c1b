package dev.assay.localnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.ExtrinsicPool.Limits;
import dev.assay.localnet.chain.runtime.MultiSignature;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.runtime.Validity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ExtrinsicPoolTest {
  private static final int LENGTH = 100;

  @Test
  void aFullPoolDropsWhatComesAtOnce() throws Exception {
    ExtrinsicPool pool = new ExtrinsicPool(new Limits(2, 10_000, 10));
    add(pool, 1, 0, 10);
    add(pool, 2, 0, 10);
    assertDropped(() -> add(pool, 3, 0, 10));

    pool.remove(pool.inOrder().get(0));
    add(pool, 3, 0, 10);
  }

  @Test
  void bytesCountAsWellAsExtrinsics() throws Exception {
    ExtrinsicPool pool = new ExtrinsicPool(new Limits(10, 2 * LENGTH, 10));
    add(pool, 1, 0, 10);
    add(pool, 1, 1, 10);
    assertDropped(() -> add(pool, 2, 0, 10));
  }

  @Test
  void oneAccountCannotFillThePool() throws Exception {
    ExtrinsicPool pool = new ExtrinsicPool(new Limits(10, 10_000, 1));
    add(pool, 1, 0, 10);
    assertDropped(() -> add(pool, 1, 1, 10));
    add(pool, 2, 0, 10);
  }

  @Test
  void whatEndsSoonerComesFirstButAnAccountsNoncesKeepTheirOrder() throws Exception {
    ExtrinsicPool pool = new ExtrinsicPool(Limits.DEFAULT);
    add(pool, 1, 0, 90);
    add(pool, 2, 0, 80);
    add(pool, 1, 1, 70);

    assertThat(pool.inOrder())
        .extracting(each -> each.signer().bytes()[0] + "/" + each.nonce())
        .containsExactly("1/0", "2/0", "1/1");
  }

  private static void assertDropped(ThrowingCallable adding) {
    assertThatThrownBy(adding)
        .asInstanceOf(type(PoolException.class))
        .extracting(PoolException::code)
        .isEqualTo(1016);
  }

  private static void add(ExtrinsicPool pool, int account, long nonce, long validUntil)
      throws PoolException {
    byte[] signer = new byte[32];
    signer[0] = (byte) account;
    byte[] bytes = new byte[LENGTH];
    bytes[0] = (byte) account;
    bytes[1] = (byte) nonce;
    byte[] hash = new byte[32];
    System.arraycopy(bytes, 0, hash, 0, 2);
    SignedExtrinsic extrinsic =
        new SignedExtrinsic(
            new Bytes(bytes),
            new Bytes32(hash),
            AccountId.of(signer),
            new MultiSignature(1, new Bytes(new byte[64])),
            null,
            nonce,
            0,
            null,
            new Bytes(new byte[0]));
    pool.add(extrinsic, new Validity(1, nonce, validUntil));
  }
}
