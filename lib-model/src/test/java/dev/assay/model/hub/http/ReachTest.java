package dev.assay.model.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, PUBLIC",
    "172.32.0.1, PUBLIC",
    "100.128.0.1, PUBLIC",
    "[2606:4700::1], PUBLIC",
    "no-such-host.invalid, PUBLIC",
    "10.0.0.1, NETWORK",
    "172.16.0.1, NETWORK",
    "192.168.1.1, NETWORK",
    "100.64.0.1, NETWORK",
    "[fd00::1], NETWORK",
    "[::ffff:10.0.0.1], NETWORK",
    "localhost, MACHINE",
    "127.8.8.8, MACHINE",
    "2130706433, MACHINE",
    "0.0.0.0, MACHINE",
    "[::1], MACHINE",
    "[::], MACHINE",
    "169.254.169.254, LINK",
    "[fe80::1], LINK"
  })
  void ofNamesAndAddresses(String host, Reach reach) {
    assertThat(Reach.of(URI.create("https://" + host + "/a"))).isEqualTo(reach);
  }
}
