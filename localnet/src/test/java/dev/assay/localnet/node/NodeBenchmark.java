package dev.assay.localnet.node;

import dev.assay.chain.extrinsic.Era;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.extrinsic.SigningTerms;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.genesis.Genesis;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many signed extrinsics a second the node takes while it tells subscribers of every block.
 * Client and node share this process and its cores. Run by {@code mvn -Pnode-benchmark -pl localnet
 * -am process-test-classes}.
 */
public final class NodeBenchmark {
  private static final int ACCOUNTS = 20;
  private static final int SUBSCRIBERS = 200;
  private static final int BATCH = 25;
  private static final Duration BLOCK_TIME = Duration.ofMillis(250);

  private NodeBenchmark() {}

  /**
   * Prints what it measured.
   *
   * @param arguments how many extrinsics; 5000 if nothing is said
   */
  public static void main(String[] arguments) throws Exception {
    int total = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    List<Keypair> signers = new ArrayList<>();
    Map<AccountId, Long> balances = new LinkedHashMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      signers.add(Keypair.fromUri("//bench" + i));
      balances.put(signers.get(i).account(), 1_000_000_000_000_000L);
    }
    Genesis genesis =
        new Genesis(1, TestChain.GENESIS, signers.get(0).account(), balances, List.of());
    try (ChainNode node = ChainNode.start(genesis, Sealing.every(BLOCK_TIME), 0);
        Subtensor client = Subtensor.connect(List.of(node.http()))) {
      List<String> signed = sign(client, signers, total);
      AtomicLong heads = new AtomicLong();
      List<WebSocket> subscribers = subscribe(node, heads);
      AtomicInteger included = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(1);
      AtomicInteger blocks = new AtomicInteger();
      node.chain()
          .listen(
              block -> {
                blocks.incrementAndGet();
                if (included.addAndGet(signedIn(block)) >= total) {
                  done.countDown();
                }
              });
      heads.set(0);
      blocks.set(0);
      long cpu = cpuNanos();
      long start = System.nanoTime();
      submitByTwo(node, signed);
      long submitted = System.nanoTime();
      boolean all = done.await(120, TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      long expected = (long) blocks.get() * SUBSCRIBERS;
      System.out.printf(
          "%d of %d signed extrinsics included in %.2f s: %.0f a second (taken in %.2f s)%n",
          included.get(), total, seconds, included.get() / seconds, (submitted - start) / 1e9);
      System.out.printf(
          "%.2f s of processor time for client and node together: %.0f a second on one core%n",
          (cpuNanos() - cpu) / 1e9, included.get() / ((cpuNanos() - cpu) / 1e9));
      System.out.printf(
          "%d blocks of %d ms, %d heads told to %d subscribers (%.1f %%)%n",
          blocks.get(),
          BLOCK_TIME.toMillis(),
          heads.get(),
          subscribers.size(),
          100.0 * heads.get() / Math.max(1, expected));
      subscribers.forEach(WebSocket::abort);
      if (!all) {
        throw new IllegalStateException("not all extrinsics were included");
      }
    }
  }

  private static List<String> sign(Subtensor client, List<Keypair> signers, int total) {
    Metadata metadata = client.at(client.bestHead()).metadata();
    Hash genesis = client.genesisHash();
    List<String> signed = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      Keypair signer = signers.get(i % signers.size());
      AccountId destination = signers.get((i + 1) % signers.size()).account();
      SigningTerms terms =
          new SigningTerms(
              genesis, client.runtimeVersion(), new Era(4096, 0), genesis, i / signers.size(), 0);
      SignedExtrinsic extrinsic =
          SignedExtrinsic.sign(
              Calls.transferKeepAlive(destination, 1_000), metadata, terms, signer);
      signed.add("0x" + HexFormat.of().formatHex(extrinsic.bytes().asBytes()));
    }
    return signed;
  }

  /** Two connections, each with the accounts of its own, so that nonces come in their order. */
  private static void submitByTwo(ChainNode node, List<String> signed) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      List<String> own = new ArrayList<>();
      for (int i = part; i < signed.size(); i += 2) {
        own.add(signed.get(i));
      }
      Thread thread = new Thread(() -> submit(node, own), "submit-" + part);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static void submit(ChainNode node, List<String> signed) {
    for (int from = 0; from < signed.size(); from += BATCH) {
      StringBuilder batch = new StringBuilder("[");
      for (String extrinsic : signed.subList(from, Math.min(signed.size(), from + BATCH))) {
        batch
            .append(batch.length() == 1 ? "" : ",")
            .append("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"author_submitExtrinsic\",")
            .append("\"params\":[\"")
            .append(extrinsic)
            .append("\"]}");
      }
      TestChain.post(node.http(), batch.append(']').toString())
          .forEach(
              answer -> {
                if (answer.has("error")) {
                  throw new IllegalStateException(answer.toString());
                }
              });
    }
  }

  private static List<WebSocket> subscribe(ChainNode node, AtomicLong heads) {
    HttpClient client = HttpClient.newHttpClient();
    List<WebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  node.webSocket(),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence data, boolean last) {
                      if (data.toString().contains("chain_newHead")) {
                        heads.incrementAndGet();
                      }
                      from.request(1);
                      return null;
                    }
                  })
              .join();
      socket
          .sendText(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"chain_subscribeNewHeads\",\"params\":[]}",
              true)
          .join();
      sockets.add(socket);
    }
    return sockets;
  }

  private static int signedIn(Block block) {
    return (int) block.extrinsics().stream().filter(NodeBenchmark::isSigned).count();
  }

  private static boolean isSigned(byte[] extrinsic) {
    int lengthBytes = (extrinsic[0] & 3) == 0 ? 1 : (extrinsic[0] & 3) == 1 ? 2 : 4;
    return (extrinsic[lengthBytes] & 0x80) != 0;
  }
}
