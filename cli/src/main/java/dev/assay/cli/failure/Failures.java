package dev.assay.cli.failure;

import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.cli.process.Shutdown;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.FullDisk;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.storage.StoreFault;
import dev.assay.localnet.http.PortTakenException;
import dev.assay.model.hub.http.HubException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line for a user and an exit code for a scheduler; the stack trace only where asked for. */
public final class Failures {
  private static final int MOST_NEAREST = 2;

  private Failures() {}

  public static int onExecution(Exception failure, CommandLine command, ParseResult ignored) {
    boolean verbose =
        Boolean.TRUE.equals(command.getCommandSpec().root().findOption("--verbose").getValue());
    if (Shutdown.isUnderWay()) {
      return ExitCode.FAILED;
    }
    PrintWriter err = command.getErr();
    sentences(failure).forEach(line -> err.println(Console.failure(line)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode(failure);
  }

  public static int onParameters(ParameterException failure, String[] words) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        Console.failure(
            "%s; %ssee '%s --help'."
                .formatted(
                    Wording.of(failure),
                    meant(failure),
                    command.getCommandSpec().qualifiedName())));
    err.flush();
    return ExitCode.USAGE;
  }

  /** The commands or options whose names are nearest to what there is none of. */
  private static String meant(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> nearest = unmatched.getSuggestions().stream().limit(MOST_NEAREST).toList();
    return nearest.isEmpty() ? "" : "did you mean " + String.join(" or ", nearest) + "? ";
  }

  /** Whatever no command has caught, a full heap for instance, is told in one line as well. */
  public static int onAnything(Throwable failure, boolean verbose) {
    if (Shutdown.isUnderWay()) {
      return ExitCode.FAILED;
    }
    sentences(failure).forEach(line -> System.err.println(Console.failure(line)));
    if (verbose) {
      failure.printStackTrace();
    }
    return FullDisk.explains(failure) ? ExitCode.TRY_AGAIN_LATER : ExitCode.FAILED;
  }

  /** One, or all faults of a configuration. */
  private static List<String> sentences(Throwable failure) {
    return failure instanceof ConfigurationException refused && refused.faults().size() > 1
        ? refused.faults().stream().map(Wording::plain).toList()
        : List.of(sentence(failure));
  }

  /** What a failure says in one line. */
  public static String sentence(Throwable failure) {
    String sentence = ofItself(failure);
    return FullDisk.explains(failure) && !sentence.contains("make room")
        ? sentence + ": the disk takes nothing more; make room there, then run again"
        : sentence;
  }

  private static String ofItself(Throwable failure) {
    Optional<RuntimeException> ofStore = StoreFault.of(failure);
    if (ofStore.isPresent()) {
      return Wording.of(ofStore.get());
    }
    if (PrunedState.explains(failure)) {
      return PrunedState.ADVICE;
    }
    if (failure instanceof FileSystemException file) {
      return ofFile(file);
    }
    return Wording.of(failure);
  }

  /** The library's own message is often nothing but the path. */
  private static String ofFile(FileSystemException failure) {
    String why = failure.getReason();
    if (failure instanceof NoSuchFileException) {
      why = "does not exist";
    } else if (failure instanceof AccessDeniedException) {
      why = "may not be read or written; check its permissions";
    } else if (failure instanceof NotDirectoryException) {
      why = "is not a folder";
    } else if (failure instanceof FileAlreadyExistsException) {
      why = "exists already";
    }
    return why == null ? failure.getMessage() : failure.getFile() + " " + why;
  }

  public static int exitCode(Throwable failure) {
    if (FullDisk.explains(failure)) {
      return ExitCode.TRY_AGAIN_LATER;
    }
    Optional<RuntimeException> ofStore = StoreFault.of(failure);
    if (ofStore.isPresent()) {
      return exitCode(ofStore.get());
    }
    if (failure instanceof UsageException
        || failure instanceof ConfigurationException
        || failure instanceof PortTakenException
        || failure instanceof HubException.Refused
        || failure instanceof KeyfileException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof NotReadyException
        || failure instanceof FeedException
        || failure instanceof HubException.Unavailable
        || failure instanceof UnknownBlockException
        || failure instanceof RpcUnreachableException) {
      return ExitCode.TRY_AGAIN_LATER;
    }
    return ExitCode.FAILED;
  }
}
