package dev.assay.jobs.tables;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.util.SerializableSupplier;

/**
 * The files of a warehouse in a folder, wherever that folder is now. Iceberg records every file by
 * its whole address; here only its end counts, table, {@code data} or {@code metadata}, and name,
 * so tables move with their folder, and a copy reads and writes nothing of its original.
 */
public final class WarehouseFiles implements FileIO, HadoopConfigurable {
  private static final long serialVersionUID = 1L;
  private static final Set<String> FOLDERS = Set.of("data", "metadata");

  private final HadoopFileIO files = new HadoopFileIO();
  private String warehouse;

  /** Made by Iceberg, by the name in {@code io-impl}. */
  public WarehouseFiles() {}

  @Override
  public void initialize(Map<String, String> properties) {
    warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
    files.initialize(properties);
  }

  private String here(String recorded) {
    int name = recorded.lastIndexOf('/');
    int folder = recorded.lastIndexOf('/', name - 1);
    int table = recorded.lastIndexOf('/', folder - 1);
    return table >= 0 && FOLDERS.contains(recorded.substring(folder + 1, name))
        ? warehouse + recorded.substring(table)
        : recorded;
  }

  @Override
  public InputFile newInputFile(String path) {
    InputFile file = files.newInputFile(here(path));
    return path.endsWith(".metadata.json") ? new Recorded(file, path) : file;
  }

  /** A database compares where a table's state is with what it has recorded, letter by letter. */
  private record Recorded(InputFile file, String location) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return files.newInputFile(here(path), length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return files.newOutputFile(here(path));
  }

  @Override
  public void deleteFile(String path) {
    files.deleteFile(here(path));
  }

  @Override
  public Map<String, String> properties() {
    return files.properties();
  }

  @Override
  public void setConf(Configuration configuration) {
    files.setConf(configuration);
  }

  @Override
  public Configuration getConf() {
    return files.getConf();
  }

  @Override
  public void serializeConfWith(
      Function<Configuration, SerializableSupplier<Configuration>> serializer) {
    files.serializeConfWith(serializer);
  }

  @Override
  public void close() {
    files.close();
  }
}
