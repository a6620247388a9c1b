package dev.assay.chain.rpc;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Why a connection or a file failed, in a few words that name no class: for the end of a line. */
public final class Reason {
  private Reason() {}

  /** The words for a failure of the network or of a file system; for others their own message. */
  public static String of(Throwable failure) {
    Throwable cause = innermost(failure);
    if (cause instanceof FileSystemException file) {
      return ofFile(file);
    }
    if (cause instanceof UnknownHostException
        || cause.getCause() instanceof UnresolvedAddressException
        || cause instanceof UnresolvedAddressException) {
      return "there is no host of that name";
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof SSLException) {
      return "TLS fails (" + message(cause, "no reason given") + "); does that port speak TLS?";
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      return "it takes no WebSocket, HTTP status " + refused.getResponse().statusCode();
    }
    if (cause instanceof ConnectException) {
      return message(cause, "connection refused");
    }
    if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
      return "the connection ended early";
    }
    return message(cause, "the connection failed");
  }

  private static String ofFile(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    return failure.getReason() == null ? "the file system refuses" : failure.getReason();
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException
            || cause instanceof ExecutionException
            || cause instanceof UncheckedIOException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable cause, String otherwise) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? otherwise : message;
  }
}
