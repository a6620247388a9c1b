package dev.assay.jobs.snapshot;

/** Why a feed's line becomes no sample. */
public enum Refusal {
  MALFORMED("no sample", "the feed does not write what docs/feed.md says; tell its operator"),
  OTHER_BLOCKS("of blocks that were not asked for", "tell the feed's operator"),
  TOO_LONG("too long", "feed.max_sample_size is the limit"),
  UNTRUSTED_SOURCE(
      "of a source that is not trusted",
      "feed.sources names those that are; where it is empty, validators with a permit are"),
  UNWANTED_PHRASE(
      "with an unwanted phrase", "feed.unwanted_phrases and feed.filters.phrases list them"),
  OTHER_LENGTH(
      "with a response of another length",
      "feed.filters.least_characters and most_characters are the limits"),
  OTHER_SCRIPT("in another script", "feed.filters.scripts names those that are taken"),
  OTHER_LANGUAGE(
      "in another language", "feed.filters.languages names those that responses are taken in"),
  NEAR_DUPLICATE(
      "that resemble an earlier sample",
      "feed.filters.near_duplicates has how closely, and how far back is looked"),
  STAKE_QUOTA(
      "beyond what a source may give by its stake", "feed.quotas.by_stake is shared by stake"),
  SOURCE_QUOTA("beyond what one source may give for a window", "feed.quotas.source has the limits"),
  ANSWERER_QUOTA(
      "beyond what one answerer may have in a window", "feed.quotas.answerer has the limits"),
  ORIGIN_QUOTA("beyond what their address may give for a window", "feed.endpoints has the limits"),
  UNFINISHED_WINDOW(
      "for now, of a window that the source has not given whole",
      "the next snapshot takes them; feed.quotas needs whole windows"),
  REWRITTEN(
      "for blocks of which the table has others",
      "the source gives other samples for a block than before; tell its operator"),
  NOT_GENUINE(
      "whose signature does not fit",
      "the feed serves another netuid than chain.netuid, or forgeries");

  private final String text;
  private final String cure;

  Refusal(String text, String cure) {
    this.text = text;
    this.cure = cure;
  }

  /** What such lines are, and what to do about them. */
  public String told(int count) {
    return count + " refused " + text + ": " + cure;
  }
}
