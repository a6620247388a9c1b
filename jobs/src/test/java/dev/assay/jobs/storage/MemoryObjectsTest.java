package dev.assay.jobs.storage;

/** The contract asks for nothing that only a folder has. */
class MemoryObjectsTest implements NamedObjectsContract {
  private final MemoryObjects objects = new MemoryObjects();

  @Override
  public NamedObjects objects() {
    return objects;
  }
}
