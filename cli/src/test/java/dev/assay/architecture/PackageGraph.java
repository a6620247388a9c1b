package dev.assay.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which package knows which, as the code has it. Names of packages stand without {@code dev.assay}.
 *
 * @param modules for each module its packages
 * @param files for each package how many files it holds
 * @param known for each package the packages of ours that it knows
 * @param foreign for each package the packages of others that it knows, those of the JDK included
 */
record PackageGraph(
    Map<String, Set<String>> modules,
    Map<String, Integer> files,
    Map<String, Set<String>> known,
    Map<String, Set<String>> foreign) {
  private static final String OURS = "dev.assay.";
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?dev\\.assay\\.((?:[a-z]\\w*\\.)*[a-z]\\w*)\\.[A-Z]");

  /** Reads sources and compiled classes of all modules in a checkout. */
  static PackageGraph of(Path root) throws IOException {
    PackageGraph graph =
        new PackageGraph(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (Path module : modulesOf(root)) {
      graph.readSources(module);
    }
    graph.readClasses();
    return graph;
  }

  private static List<Path> modulesOf(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(folder -> Files.isDirectory(sources(folder))).sorted().toList();
    }
  }

  private static Path sources(Path module) {
    return module.resolve("src/main/java/dev/assay");
  }

  /** Imports, because the compiler copies a constant and forgets whose it was. */
  private void readSources(Path module) throws IOException {
    Path sources = sources(module);
    try (Stream<Path> walk = Files.walk(sources)) {
      for (Path file : walk.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String name = sources.relativize(file.getParent()).toString().replace('/', '.');
        modules.computeIfAbsent(module.getFileName().toString(), m -> new TreeSet<>()).add(name);
        files.merge(name, 1, Integer::sum);
        Matcher imports = IMPORT.matcher(Files.readString(file));
        while (imports.find()) {
          add(known, name, imports.group(1));
        }
      }
    }
  }

  /** Classes, because a value that is handed on needs no import. */
  private void readClasses() {
    for (JavaClass type : new ClassFileImporter().importPackages("dev.assay")) {
      String name = withoutPrefix(type.getPackageName());
      if (!files.containsKey(name) || isOfTests(type)) {
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(OURS)) {
          add(known, name, withoutPrefix(target.getPackageName()));
        } else if (!target.isPrimitive()) {
          add(foreign, name, target.getPackageName());
        }
      }
    }
  }

  private static boolean isOfTests(JavaClass type) {
    return type.getSource().map(source -> source.getUri().getPath()).orElse("").contains("/test-");
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }

  private static void add(Map<String, Set<String>> graph, String from, String to) {
    if (!from.equals(to)) {
      graph.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
    }
  }

  /** What a package knows, directly or through others. */
  Set<String> reach(String from) {
    Set<String> reached = new TreeSet<>();
    Set<String> open = new TreeSet<>(known.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String next = open.iterator().next();
      open.remove(next);
      if (reached.add(next)) {
        open.addAll(known.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }

  String moduleOf(String name) {
    return modules.entrySet().stream()
        .filter(module -> module.getValue().contains(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
