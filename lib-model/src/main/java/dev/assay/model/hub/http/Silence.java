package dev.assay.model.hub.http;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the wait for an answer that brings no byte for too long, whatever its deadline. */
public final class Silence {

  private final Duration allowed;
  private volatile long heardNanos = System.nanoTime();

  public Silence(Duration allowed) {
    this.allowed = allowed;
  }

  /** The same subscriber, and each of its bytes ends the silence. */
  public BodySubscriber<byte[]> listening(BodySubscriber<byte[]> body) {
    heardNanos = System.nanoTime();
    return new BodySubscriber<>() {
      @Override
      public CompletionStage<byte[]> getBody() {
        return body.getBody();
      }

      @Override
      public void onSubscribe(Subscription subscription) {
        body.onSubscribe(subscription);
      }

      @Override
      public void onNext(List<ByteBuffer> buffers) {
        body.onNext(buffers);
        heardNanos = System.nanoTime();
      }

      @Override
      public void onError(Throwable failure) {
        body.onError(failure);
      }

      @Override
      public void onComplete() {
        body.onComplete();
      }
    };
  }

  /** Waits for an answer until its deadline, or until it has been silent for too long. */
  public HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, String what, Deadline deadline)
      throws ExecutionException, InterruptedException {
    while (true) {
      long left = allowed.toNanos() - (System.nanoTime() - heardNanos);
      long wait = Math.min(left, deadline.left().toNanos());
      try {
        return answer.get(Math.max(0, wait), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        deadline.required(what);
        if (System.nanoTime() - heardNanos >= allowed.toNanos()) {
          throw new HubException.Unavailable(
              what + " brought no byte for " + allowed.toMillis() / 1000.0 + " s", e);
        }
      }
    }
  }
}
