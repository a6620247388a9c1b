package dev.assay.localnet.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.AttributeKey;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections there may be, and which makes room for a new one: the quietest of those that
 * have not asked anything yet, else the quietest of all. So no client is locked out by connections
 * that are only held. Safe for concurrent use.
 */
final class ConnectionLimits {
  private static final AttributeKey<Long> HEARD = AttributeKey.valueOf("localnet.heard");
  private static final AttributeKey<Boolean> ASKED = AttributeKey.valueOf("localnet.asked");

  private final int most;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  ConnectionLimits(int most) {
    this.most = most;
  }

  /** Takes a new connection, for which another may be closed. */
  void add(Channel channel) {
    channel.attr(HEARD).set(System.nanoTime());
    channel.attr(ASKED).set(false);
    if (open.size() >= most) {
      open.stream().min(Comparator.comparing(ConnectionLimits::rank)).ifPresent(this::end);
    }
    open.add(channel);
    channel.closeFuture().addListener(closed -> open.remove(channel));
  }

  /** Notes that the client has sent something whole. */
  static void asked(Channel channel) {
    channel.attr(ASKED).set(true);
    heard(channel);
  }

  /** Notes that the client goes on with what it sends. */
  static void heard(Channel channel) {
    channel.attr(HEARD).set(System.nanoTime());
  }

  private void end(Channel channel) {
    open.remove(channel);
    ChannelFuture unused = channel.close();
  }

  private static Rank rank(Channel channel) {
    return new Rank(channel.attr(ASKED).get(), channel.attr(HEARD).get());
  }

  private record Rank(boolean asked, long heard) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      return asked == other.asked
          ? Long.compare(heard - other.heard, 0)
          : Boolean.compare(asked, other.asked);
    }
  }
}
