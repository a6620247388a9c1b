package dev.assay.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every Java example of the README, with a connected chain and a hotkey at hand. */
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String IMPORTS =
      Stream.of(
              "dev.assay.chain.extrinsic.*",
              "dev.assay.chain.keys.*",
              "dev.assay.chain.metadata.Value",
              "dev.assay.chain.rpc.Subscription",
              "dev.assay.chain.subtensor.*",
              "dev.assay.chain.weights.*",
              "java.net.URI",
              "java.nio.file.Path",
              "java.util.List",
              "static java.nio.charset.StandardCharsets.UTF_8")
          .map(name -> "import " + name + ";\n")
          .reduce("", String::concat);

  @TempDir Path classes;

  @Test
  void everyExampleCompiles() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    while (example.find()) {
      sources.add(source("Example" + sources.size(), example.group(1)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"));

    boolean compiled = compiler.getTask(messages, null, null, options, null, sources).call();

    assertThat(sources).hasSizeGreaterThan(3);
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject source(String name, String body) {
    boolean connects = body.contains("Subtensor chain");
    boolean opens = body.contains("Keypair hotkey");
    String given =
        Stream.of(connects ? "" : "Subtensor chain", opens ? "" : "Keypair hotkey", block(body))
            .filter(parameter -> !parameter.isEmpty())
            .reduce((left, right) -> left + ", " + right)
            .orElse("");
    String text =
        IMPORTS
            + "class %s { void run(%s) throws Exception {\n%s\n} }".formatted(name, given, body);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static String block(String body) {
    return body.contains("BlockView block") ? "" : "BlockView block";
  }
}
