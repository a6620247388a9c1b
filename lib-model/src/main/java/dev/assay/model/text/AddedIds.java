package dev.assay.model.text;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids that added tokens get when they are loaded, as Hugging Face's tokenizers number them: a
 * token of the vocabulary keeps its id, another one follows the largest so far. The ids in the file
 * count for nothing there.
 */
record AddedIds(Map<String, Integer> vocabulary) {

  /** The same tokens, in the file's order, with the ids that they get. */
  Map<String, AddedToken> of(Map<String, AddedToken> added) {
    Map<String, AddedToken> loaded = new LinkedHashMap<>();
    int next = vocabulary.size();
    for (Map.Entry<String, AddedToken> token : added.entrySet()) {
      int id = vocabulary.getOrDefault(token.getKey(), next);
      loaded.put(token.getKey(), token.getValue().withId(id));
      next = Math.max(next, id + 1);
    }
    return loaded;
  }
}
