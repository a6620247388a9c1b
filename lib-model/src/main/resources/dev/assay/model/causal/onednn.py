# Decoder, continued: products with weights that oneDNN has laid out. It multiplies by a factor what it has just
# computed, in f32. It could apply the activation as well; that left bf16 losses farther from f32.

  def laid_out(self: __torch__.Decoder, w: Dict[str, Tensor], key: str, weight: Tensor) -> None:
    w[key] = ops.mkldnn._reorder_linear_weight(weight, 256)

  def packed_product(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    return ops.mkldnn._linear_pointwise(x.contiguous(), w[name + ".weight"], self.bias(w, name), "none", [], "")

  def packed_multiplied(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor, factor: Tensor) -> Tensor:
    return ops.mkldnn._linear_pointwise(x.contiguous(), factor, w[name + ".weight"], self.bias(w, name), "mul")
