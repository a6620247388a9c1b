# Decoder, continued: products with f32 weights that Intel's MKL has laid out.

  # The product asks for a weight's shape, which the layout hides; one number beside it has it.
  def laid_out(self: __torch__.Decoder, w: Dict[str, Tensor], key: str, weight: Tensor) -> None:
    w[key[0:len(key) - 7] + ".layout"] = ops.mkl._mkl_reorder_linear_weight(weight, 256)
    w[key] = torch.zeros([1]).expand(weight.size())

  def packed_product(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    rows = x.numel() // x.size(-1)
    return ops.mkl._mkl_linear(x.contiguous(), w[name + ".layout"], w[name + ".weight"], self.bias(w, name), rows)

  def packed_multiplied(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor, factor: Tensor) -> Tensor:
    return factor.mul_(self.packed_product(w, name, x))
