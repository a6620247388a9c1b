package dev.assay.localnet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The expected ids come from git 2.39 itself, given the same files, author and time. */
class GitObjectsTest {

  private static final String HELLO_BLOB = "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0";
  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @Test
  void idsAreThoseOfGit() {
    SortedMap<String, StoredFile> files = new TreeMap<>();
    files.put("a/x", new StoredFile(HELLO_SHA256, 5, HELLO_BLOB, false));
    files.put("a.b/y", new StoredFile(HELLO_SHA256, 5, HELLO_BLOB, false));
    files.put(
        "config.json", new StoredFile("any", 2, "9e26dfeeb6e641a33dae4961196235bdb965b21b", false));
    String pointer = GitObjects.lfsBlobId(HELLO_SHA256, 5);
    files.put("m.safetensors", new StoredFile(HELLO_SHA256, 5, pointer, true));

    SortedMap<String, String> trees = GitObjects.treeIds(files);
    String commit =
        GitObjects.commitId(trees.get(""), "", "alice", 1_700_000_000, "initial commit");

    assertThat(pointer).isEqualTo("d1ca116d6733584c13cb8bb50b21d5b5b81ee28f");
    assertThat(trees.get("")).isEqualTo("7cb2c390653046676480f6275ddf245715e0db75");
    assertThat(trees.get("a")).isEqualTo("2e4ba6a73c4476b0d49115fe8c7d60c2840e08ff");
    assertThat(commit).isEqualTo("3b9421a3f037c1e71117ff1983bd961bfcccfec7");
  }
}
