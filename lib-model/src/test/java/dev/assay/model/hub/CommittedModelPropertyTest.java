package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class CommittedModelPropertyTest {
  @Property(tries = 500)
  void everyTextIsAModelOrMalformed(@ForAll @StringLength(max = 160) String text) {
    assertThat(CommittedModel.parse(text, "m1")).isNotNull();
  }

  @Property(tries = 500)
  void whatLooksLikeAModelNeverThrows(
      @ForAll @StringLength(max = 30) String namespace,
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 30) String name) {
    String text = namespace + ":" + name + ":main:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:l3";

    assertThat(CommittedModel.parse(text, "m1")).isNotNull();
  }
}
