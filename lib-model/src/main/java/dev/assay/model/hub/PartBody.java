package dev.assay.model.hub;

import dev.assay.model.hub.http.CacheException;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Writes an answer's bytes to a file as they come, no faster than the disk takes them. */
final class PartBody implements BodySubscriber<byte[]> {

  private final PartFile part;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private Subscription subscription;

  PartBody(PartFile part) {
    this.part = part;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        part.write(buffer);
      }
      subscription.request(1);
    } catch (IOException e) {
      subscription.cancel();
      done.completeExceptionally(new CacheException(e));
    } catch (HubException e) {
      subscription.cancel();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(new byte[0]);
  }
}
