package dev.assay.model.hub.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Who reaches an address, from everybody to one link. What a hub sends us to must not be nearer to
 * us than the hub is: services that trust whoever reaches them would answer to a stranger's words.
 * A hub of our own network may send us on within it.
 */
enum Reach {
  PUBLIC("a public address"),
  NETWORK("an address of a private network"),
  MACHINE("an address of this machine"),
  LINK("a link-local address");

  private final String words;

  Reach(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * The nearest of all addresses that a host has. The JVM remembers them for longer than it takes
   * to connect, so that the answer can't change in between. What has none here may be known to a
   * proxy, and is nearer to nobody than that.
   */
  static Reach of(URI address) {
    try {
      return Arrays.stream(InetAddress.getAllByName(address.getHost()))
          .map(Reach::of)
          .max(Comparator.naturalOrder())
          .orElse(PUBLIC);
    } catch (UnknownHostException unknown) {
      return PUBLIC;
    }
  }

  private static Reach of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean six = address instanceof Inet6Address;
    if (address.isLinkLocalAddress()) {
      return LINK;
    }
    if (address.isLoopbackAddress() || address.isAnyLocalAddress() || (!six && first == 0)) {
      return MACHINE;
    }
    boolean unique = six && (first & 0xfe) == 0xfc;
    boolean shared = !six && first == 100 && (second & 0xc0) == 64;
    return address.isSiteLocalAddress() || unique || shared ? NETWORK : PUBLIC;
  }
}
