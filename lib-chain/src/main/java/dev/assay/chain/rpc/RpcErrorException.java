package dev.assay.chain.rpc;

/** A node's answer that a call failed: code, message, and data if there is any. */
public final class RpcErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String words;
  private final String data;

  /** The texts are the node's own and are cut to 500 characters. */
  public RpcErrorException(int code, String words, String data) {
    super("the node answers with error " + code + ": " + cut(words) + separated(cut(data)));
    this.code = code;
    this.words = cut(words);
    this.data = cut(data);
  }

  /** The JSON-RPC error code; a transaction pool's are 1010 to 1016. */
  public int code() {
    return code;
  }

  /** The node's words. */
  public String words() {
    return words;
  }

  /** The node's details; empty where there are none. */
  public String data() {
    return data;
  }

  /** Whether the node has no such block, or no longer its state, so that another may tell. */
  public boolean lacksBlock() {
    return MissingBlock.isMeantBy(code, words + " " + data);
  }

  private static String separated(String data) {
    return data.isEmpty() ? "" : " (" + data + ")";
  }

  private static String cut(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= 500 ? printable : printable.substring(0, 500) + "…";
  }
}
