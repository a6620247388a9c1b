package dev.assay.chain.yuma;

/**
 * One entry of a stored weights or bonds row: the neuron it is about and a u16.
 *
 * @param uid 0 to 65535
 * @param value 0 to 65535
 */
public record UidValue(int uid, int value) {
  public UidValue {
    requireU16("uid", uid);
    requireU16("value", value);
  }

  private static void requireU16(String name, int number) {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException(
          "The " + name + " is " + number + "; a u16 is 0 to 65535.");
    }
  }
}
