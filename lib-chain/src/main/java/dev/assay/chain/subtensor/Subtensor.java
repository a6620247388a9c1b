package dev.assay.chain.subtensor;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.endpoints.Endpoints;
import dev.assay.chain.extrinsic.BlockCall;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.extrinsic.Submission;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.NodeEvents;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.rpc.RpcClient;
import java.net.URI;
import java.util.List;

/**
 * A Bittensor chain. Everything is read at an explicit block: {@code chain.at(hash).metagraph(6)}.
 * Safe for concurrent use.
 */
public final class Subtensor implements AutoCloseable {
  private final RpcClient rpc;
  private final Node node;
  private final Runtimes runtimes;
  private final Hash genesis;
  private final Submission submission;

  private Subtensor(RpcClient rpc, ConnectOptions options) {
    this.rpc = rpc;
    this.node = new Node(rpc);
    this.runtimes = new Runtimes(node);
    this.genesis = blockHash(0);
    options.requireGenesis(genesis, rpc.endpoint());
    this.submission =
        new Submission(node, runtimes, genesis, options.patience(), options.eraPeriod());
  }

  /** Connects to a chain by one or several endpoints of it, the first being preferred. */
  public static Subtensor connect(List<URI> endpoints) {
    return connect(endpoints, ConnectOptions.DEFAULT);
  }

  /**
   * Connects to a chain by one or several endpoints of it, {@code http}, {@code https}, {@code ws}
   * or {@code wss}, the first being preferred. Several are compared now and at each review ({@link
   * ConnectOptions#review}): those that fork or serve another chain than most are not asked, those
   * that lag come last, and an endpoint that is in step again is asked again.
   *
   * @throws WrongChainException if another chain is expected
   */
  public static Subtensor connect(List<URI> endpoints, ConnectOptions options) {
    return over(Endpoints.open(endpoints, options), options);
  }

  /** A chain over a transport of the caller's, which {@link #close} closes. */
  public static Subtensor over(RpcClient rpc, ConnectOptions options) {
    try {
      return new Subtensor(rpc, options);
    } catch (RuntimeException unusable) {
      rpc.close();
      throw unusable;
    }
  }

  /** The hash of block 0, which names the chain. */
  public Hash genesisHash() {
    return genesis;
  }

  /** The runtime after the best block. */
  public RuntimeVersion runtimeVersion() {
    return node.runtimeVersion(node.bestHead());
  }

  /** The hash of the best block, which may still be replaced. */
  public Hash bestHead() {
    return node.bestHead();
  }

  /** The hash of the last finalised block. */
  public Hash finalizedHead() {
    return node.finalizedHead();
  }

  /**
   * The hash of the block at a height.
   *
   * @throws UnknownBlockException if there is none yet
   */
  public Hash blockHash(long number) {
    return node.blockHash(number)
        .orElseThrow(
            () ->
                new UnknownBlockException(
                    "block " + number + " is not known to " + rpc.endpoint()));
  }

  /** The chain after a block. */
  public BlockView at(Hash block) {
    return new BlockView(node, runtimes, block);
  }

  /** The chain after the block at a height. */
  public BlockView at(long number) {
    return at(blockHash(number));
  }

  /** The fee in rao that a call would cost an account, signed and included now. */
  public long fee(Call call, AccountId account) {
    return submission.fee(call, account);
  }

  /** Signs a call with the signer's next nonce and sends nothing; see {@link Submission#sign}. */
  public SignedExtrinsic sign(Call call, Signer signer) {
    return submission.sign(call, signer);
  }

  /**
   * Signs a call with the nonce that an account had at a block: the chain refuses it if the account
   * has done anything since. Sends nothing.
   */
  public SignedExtrinsic sign(Call call, Signer signer, BlockView since) {
    return submission.sign(call, signer, since.nonce(signer.account()));
  }

  /**
   * The signed calls of a block's body. A node keeps bodies longer than states: where it has
   * dropped the block's state, the best block's runtime reads them. What can't be read is left out.
   *
   * @throws UnknownBlockException if there is no such block
   */
  public List<BlockCall> calls(long number) {
    return BlockCall.of(blockHash(number), node, runtimes);
  }

  /** Sends what was signed and awaits its outcome; harmless to repeat. */
  public Outcome send(SignedExtrinsic extrinsic) {
    return submission.send(extrinsic);
  }

  /** Awaits the outcome of what was sent before. */
  public Outcome find(SignedExtrinsic extrinsic) {
    return submission.find(extrinsic);
  }

  /** Signs a call, sends it and awaits its outcome. */
  public Outcome submit(Call call, Signer signer) {
    return submission.submit(call, signer);
  }

  /** New heads, finalised heads, runtime versions, as they come; needs a WebSocket endpoint. */
  public NodeEvents events() {
    return new NodeEvents(rpc);
  }

  @Override
  public void close() {
    rpc.close();
  }
}
