package dev.assay.jobs.storage;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Objects without folders or renames, as an object store has them. */
public final class MemoryObjects implements NamedObjects {
  private final ConcurrentMap<String, byte[]> contents = new ConcurrentHashMap<>();

  @Override
  public boolean create(String name, byte[] content) {
    return contents.putIfAbsent(checked(name), content.clone()) == null;
  }

  @Override
  public void replace(String name, byte[] content) {
    contents.put(checked(name), content.clone());
  }

  @Override
  public void delete(String name) {
    contents.remove(checked(name));
  }

  @Override
  public Optional<byte[]> read(String name, long mostBytes) {
    byte[] content = contents.get(checked(name));
    if (content != null && content.length > mostBytes) {
      throw new IllegalArgumentException(
          address(name) + " has " + content.length + " bytes; at most " + mostBytes);
    }
    return Optional.ofNullable(content).map(byte[]::clone);
  }

  @Override
  public SortedSet<String> names() {
    return new TreeSet<>(contents.keySet());
  }

  @Override
  public String address() {
    return "memory:";
  }

  private static String checked(String name) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")) {
      throw new IllegalArgumentException("the name " + name);
    }
    return name;
  }
}
