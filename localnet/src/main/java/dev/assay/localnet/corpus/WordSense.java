package dev.assay.localnet.corpus;

import java.util.Optional;

/**
 * One meaning of a noun.
 *
 * @param word lower-case letters, hyphens and single spaces
 * @param definition of the meaning, without examples
 * @param synonym another word of the same meaning
 * @param kind the word of the next more general meaning
 */
record WordSense(String word, String definition, Optional<String> synonym, Optional<String> kind) {}
