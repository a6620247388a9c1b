package dev.assay.chain.metadata;

import java.util.List;
import java.util.Map;

/** A runtime API and its methods; called by {@code state_call} as {@code Api_method}. */
public record RuntimeApi(String name, Map<String, Method> methods) {
  public RuntimeApi {
    methods = Map.copyOf(methods);
  }

  /** A method: the types of its arguments in order, and of its result. */
  public record Method(String name, List<Integer> inputs, int output) {
    public Method {
      inputs = List.copyOf(inputs);
    }
  }
}
