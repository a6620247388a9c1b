package dev.assay.chain.node;

import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.rpc.RpcUnreachableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Asks several endpoints the same at the same time, so that a slow one neither keeps the others
 * waiting nor makes their heights incomparable.
 */
final class SideBySide {
  private static final long LIMIT_SECONDS = 10;

  private SideBySide() {}

  /**
   * What each answers, in their order.
   *
   * @param unable is told of each that gives no usable answer within 10 s, and why
   */
  static <T> Map<RpcClient, T> ask(
      List<RpcClient> endpoints, Function<Node, T> question, BiConsumer<RpcClient, String> unable) {
    if (endpoints.isEmpty()) {
      return Map.of();
    }
    ExecutorService threads = threads(endpoints.size());
    try {
      List<Future<T>> pending =
          threads.invokeAll(
              endpoints.stream()
                  .<Callable<T>>map(endpoint -> () -> question.apply(new Node(endpoint)))
                  .toList(),
              LIMIT_SECONDS,
              TimeUnit.SECONDS);
      Map<RpcClient, T> answers = new LinkedHashMap<>();
      for (int i = 0; i < endpoints.size(); i++) {
        RpcClient endpoint = endpoints.get(i);
        try {
          answers.put(endpoint, pending.get(i).get());
        } catch (CancellationException late) {
          unable.accept(endpoint, "gave no answer within " + LIMIT_SECONDS + " s");
        } catch (ExecutionException failed) {
          unable.accept(endpoint, words(failed.getCause()));
        }
      }
      return answers;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcUnreachableException("interrupted while endpoints are compared", interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String words(Throwable failure) {
    if (failure instanceof RpcUnreachableException
        || failure instanceof RpcErrorException
        || failure instanceof UnknownBlockException) {
      return failure.getMessage();
    }
    throw new IllegalStateException("an endpoint could not be asked", failure);
  }

  private static ExecutorService threads(int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "rpc-endpoint-check");
          thread.setDaemon(true);
          return thread;
        });
  }
}
