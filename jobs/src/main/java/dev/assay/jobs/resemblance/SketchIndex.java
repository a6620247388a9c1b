package dev.assay.jobs.resemblance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sketches that were seen, and whether a new one resembles one of them. A sketch is compared
 * only with those that equal it in one of 16 bands of 8 places; of two samples that resemble each
 * other by 0.8, 0.9 and 0.95 these miss 5 %, 0.01 % and none in a million.
 *
 * <p>Which are compared doesn't depend on the order in which sketches were added. A band that more
 * than 64 sketches have alike tells nothing and is left out: however texts are made up, one costs
 * at most 1,024 comparisons. A sketch takes 128 bytes, and 128 to 256 bytes of the table; what is
 * added beyond the most is left out.
 */
public final class SketchIndex {
  /** Sketches that fit by default: about 400 MB. */
  public static final int MOST = 1_000_000;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BANDS = 16;
  private static final int BAND = MinHash.PLACES / BANDS;
  private static final int MOST_ALIKE = 64;
  private static final int PAGE = 1024;

  private final int places;
  private final int most;
  private final List<byte[]> pages = new ArrayList<>();
  private int size;
  private int entries;

  /** Entries, from 1: a sketch's number times 16 and the number of its band. */
  private int[] table = new int[1 << 12];

  /**
   * @param resemblance from which on two samples count as alike, 0.7 to 1
   * @param most sketches that it holds, at most 50 million
   */
  public SketchIndex(double resemblance, int most) {
    this.places = MinHash.places(resemblance);
    this.most = most;
  }

  /** Whether one of the sketches in it resembles this one. */
  public boolean resembles(byte[] sketch) {
    int[] alike = new int[MOST_ALIKE + 1];
    for (int band = 0; band < BANDS; band++) {
      int found = alike(sketch, 0, band, alike);
      for (int i = 0; found <= MOST_ALIKE && i < found; i++) {
        int number = alike[i];
        if (MinHash.equalPlaces(sketch, 0, pages.get(number / PAGE), offset(number)) >= places) {
          return true;
        }
      }
    }
    return false;
  }

  /** Adds a sketch, unless it holds as many as it may. */
  public void add(byte[] sketch) {
    if (size == most) {
      return;
    }
    if (size % PAGE == 0) {
      pages.add(new byte[PAGE * MinHash.PLACES]);
    }
    System.arraycopy(sketch, 0, pages.get(size / PAGE), offset(size), MinHash.PLACES);
    int[] alike = new int[MOST_ALIKE + 1];
    for (int band = 0; band < BANDS; band++) {
      if (alike(sketch, 0, band, alike) <= MOST_ALIKE) {
        if (2 * entries >= table.length) {
          grow();
        }
        enter(size * BANDS + band + 1);
        entries++;
      }
    }
    size++;
  }

  /** How many sketches are in it. */
  public int size() {
    return size;
  }

  /** Numbers of the sketches that are alike in a band, until there are too many. */
  private int alike(byte[] sketch, int from, int band, int[] alike) {
    long key = key(sketch, from, band);
    int found = 0;
    for (int slot = slot(key, band); table[slot] != 0; slot = next(slot)) {
      int number = (table[slot] - 1) / BANDS;
      if ((table[slot] - 1) % BANDS == band
          && key(pages.get(number / PAGE), offset(number), band) == key) {
        alike[found++] = number;
        if (found > MOST_ALIKE) {
          return found;
        }
      }
    }
    return found;
  }

  private void enter(int entry) {
    int number = (entry - 1) / BANDS;
    int band = (entry - 1) % BANDS;
    int slot = slot(key(pages.get(number / PAGE), offset(number), band), band);
    while (table[slot] != 0) {
      slot = next(slot);
    }
    table[slot] = entry;
  }

  private void grow() {
    int[] before = table;
    table = new int[2 * before.length];
    Arrays.stream(before).filter(entry -> entry != 0).forEach(this::enter);
  }

  private static long key(byte[] sketches, int from, int band) {
    return (long) LONG.get(sketches, from + band * BAND);
  }

  private int slot(long key, int band) {
    long mixed = (key + band) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
    return (int) (mixed >>> 32) & (table.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  private static int offset(int number) {
    return number % PAGE * MinHash.PLACES;
  }
}
