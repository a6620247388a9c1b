package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PasswordKeyTest {
  private static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] PASSWORD = "pässword".getBytes(StandardCharsets.UTF_8);
  private static final int MEMORY_KIB = 8 * 1024;

  @Test
  void libsodiumAndJavaMakeTheSameKey() {
    assertThat(PasswordKey.argon2iBySodium(PASSWORD, SALT, 3, MEMORY_KIB))
        .contains(PasswordKey.argon2iInJava(PASSWORD, SALT, 3, MEMORY_KIB));
  }

  @Test
  void whatLibsodiumDeclinesIsComputedInJava() {
    assertThat(PasswordKey.argon2iBySodium(PASSWORD, SALT, 1, MEMORY_KIB)).isEmpty();
    assertThat(PasswordKey.argon2i(PASSWORD, SALT, 1, MEMORY_KIB))
        .isEqualTo(PasswordKey.argon2iInJava(PASSWORD, SALT, 1, MEMORY_KIB));
  }
}
