package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Objects in a bucket of a real object store, with what goes wrong there. */
class BucketObjectsIT implements NamedObjectsContract {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final S3Proxy store = S3Proxy.running();
  private final String bucket = store.bucket();

  @Override
  public NamedObjects objects() {
    return place(bucket, store.settings(), new Configuration()).objects("made");
  }

  private static Place place(String bucket, S3Settings settings, Configuration hadoop) {
    return Place.at("s3a://" + bucket + "/below", settings, hadoop);
  }

  @Test
  void placesAreNamedByWhatTheyHold() {
    Place place = place(bucket, store.settings(), new Configuration());
    assertThat(place.names()).isEmpty();
    place.objects("e1").replace("a", CONTENT);
    place.objects("e2").create("a", CONTENT);
    place.objects(".hidden").create("a", CONTENT);

    assertThat(place.names()).containsExactly("e1", "e2");
    assertThat(place.objects("e1").names()).containsExactly("a");
  }

  @Test
  void aBucketThatIsNotThereIsNamedWithTheNextStep() {
    NamedObjects nowhere = place("nowhere", store.settings(), new Configuration()).objects("made");

    assertThatThrownBy(() -> nowhere.create("a", CONTENT))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "s3a://nowhere/below/made/a cannot be written: there is no such bucket where"
                + " s3.endpoint leads; create it, or correct the address");
    assertThatThrownBy(nowhere::names)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be listed: there is no such bucket");
  }

  @Test
  void wrongKeysAreRefusedAndNotShown() {
    String locked = store.bucket();
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.bucket." + locked + ".access.key", System.getenv("AWS_ACCESS_KEY_ID"));
    hadoop.set("fs.s3a.bucket." + locked + ".secret.key", "wr0ng-m4rk3r");
    NamedObjects objects = place(locked, store.settings(), hadoop).objects("made");

    assertThatThrownBy(() -> objects.create("a", CONTENT))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the object store refuses these keys or a right of theirs; correct")
        .hasMessageNotContaining("wr0ng-m4rk3r")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> objects.read("a", 9)).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(objects::names).isInstanceOf(ConfigurationException.class);
  }

  /** As Amazon answers; s3proxy knows no regions. */
  @Test
  void aBucketInAnotherRegionIsNamedWithIt() throws Exception {
    HttpServer amazon =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    amazon.createContext(
        "/",
        request -> {
          request.getResponseHeaders().add("x-amz-bucket-region", "eu-west-1");
          request.sendResponseHeaders(301, -1);
          request.close();
        });
    amazon.start();
    try {
      S3Settings settings = S3Proxy.settings(amazon.getAddress().getPort());
      NamedObjects objects = place(store.bucket(), settings, new Configuration()).objects("made");

      assertThatThrownBy(() -> objects.replace("a", CONTENT))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageEndingWith(
              "/made/a cannot be written: the bucket is in the region eu-west-1; set s3.region to"
                  + " it");
    } finally {
      amazon.stop(0);
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsWorthAnotherRun() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.attempts.maximum", "1");
    hadoop.set("fs.s3a.retry.limit", "1");
    NamedObjects objects = place(store.bucket(), S3Proxy.settings(free), hadoop).objects("made");

    assertThatThrownBy(() -> objects.create("a", CONTENT))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the object store doesn't do it: Connection refused")
        .hasMessageEndingWith("; start it or correct s3.endpoint, then run again");
  }
}
