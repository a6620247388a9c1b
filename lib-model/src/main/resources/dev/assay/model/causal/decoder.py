# One decoder for every family that Assay scores, in TorchScript. Java packs it with an Architecture's
# numbers as attributes (DecoderArchive) and calls its methods; no bf16 tensor leaves it. The class goes on
# in attention.py, experts.py, weights.py and training.py, which the archive appends.
# Shapes: b samples, t positions, h heads, d head size, n counted rows. An absent weight is an absent step.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  rotary_dim : int             # leading dimensions of a head that rotate; 0: no rotation
  rotary_tables : List[int]    # per layer, which row of the frequencies it uses; -1: it does not rotate
  rotary_scales : List[float]  # per table, what cosine and sine are multiplied by
  rotary_frequencies : List[float]  # table by table, the radians a position that each pair of dimensions turns by
  windows : List[int]          # per layer, how many last positions a query sees; 0: all
  attention_scale : float
  attention_cap : float        # soft cap of attention scores; 0: none
  clip : float                 # largest magnitude of queries, keys and values; 0: none
  logit_cap : float            # soft cap of logits; 0: none
  embedding_scale : float
  residual_scale : float       # of what a block adds to its input
  logit_scale : float
  epsilon : float
  norm : str                   # "rms", "layer", "bare" (a layer norm without weights)
  qk_norm : str                # "none", "head" (over a head), "full" (over the whole projection)
  activation : str             # "silu", "gelu", "gelu_tanh", "relu", "relu_squared"
  parallel : bool              # attention and feed-forward both read the block's input
  experts : int                # of a layer, but for one that every token takes
  active_experts : int         # how many of them a token takes
  shares_sum_up : bool         # whether the shares of those sum up to 1
  block : int                  # queries that attention takes at once
  chunk : int                  # rows of logits that exist at once
  packed : bool                # linear weights are laid out for oneDNN, which multiplies them faster
  device : str
  dtype : int
  adapter_scale : float
  weights : List[Dict[str, Tensor]]  # one map a layer, then the map of everything else
  files : Dict[str, Tensor]
  sources : Dict[str, Tensor]
  recipes : List[Tuple[int, str, str, List[int], bool, List[int], List[int], bool, float, bool]]
  trained : List[Tensor]
  decays : List[bool]
  first : List[Tensor]
  second : List[Tensor]
  clock : List[Tensor]

  def bias(self: __torch__.Decoder, w: Dict[str, Tensor], name: str) -> Optional[Tensor]:
    bias : Optional[Tensor] = None
    if name + ".bias" in w:
      bias = w[name + ".bias"]
    return bias

  # False where a number is infinite or NaN, and where only the sum overflows. Training does not ask.
  def finite(self: __torch__.Decoder, x: Tensor) -> bool:
    return len(self.trained) > 0 or bool(torch.isfinite(x.sum()))

  # A row that is not finite becomes NaN here and is not multiplied: some bf16 kernels read rows in pairs, and at the
  # end of a row of odd length multiply the next row's first number by 0, which turns an infinite number into NaN.
  def linear(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    if self.finite(x):
      return self.product(w, name, x)
    spoilt = torch.isfinite(x).all(-1, True).logical_not()
    return self.product(w, name, x.masked_fill(spoilt, 0.0)).masked_fill(spoilt, float("nan"))

  def product(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    weight = w[name + ".weight"]
    if self.packed and name != "router":
      return ops.mkldnn._linear_pointwise(x.contiguous(), weight, self.bias(w, name), "none", [], "")
    y = torch.linear(x, weight, self.bias(w, name))
    if name + ".adapter_a" in w:
      y = y + self.adapter_scale * torch.linear(torch.linear(x, w[name + ".adapter_a"]), w[name + ".adapter_b"])
    return y

  # Norms give f32, and so does the sum of residuals: what a linear layer reads is rounded once, where it reads it.
  def rms(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    f = x.float()
    return weight * (f * torch.rsqrt(f.square().mean([-1], True) + self.epsilon))

  def normalised(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    if self.norm == "bare" and not name.endswith("post_norm"):
      return torch.layer_norm(x.float(), [x.size(-1)], None, None, self.epsilon)
    if name + ".weight" not in w:
      return x
    weight = w[name + ".weight"]
    if self.norm == "layer":
      return torch.layer_norm(x.float(), [x.size(-1)], weight, self.bias(w, name), self.epsilon)
    return self.rms(x, weight)

  # x [b, t, h, d]; the weight is [d] or, where each head has its own, [h * d].
  def head_normalised(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    weight = w[name + ".weight"].view([-1, x.size(3)])
    if self.norm == "layer":
      y = torch.layer_norm(x.float(), [x.size(3)], None, None, self.epsilon) * weight
      if name + ".bias" in w:
        y = y + w[name + ".bias"].view([-1, x.size(3)])
      return y
    return self.rms(x, weight)

  def activated(self: __torch__.Decoder, x: Tensor) -> Tensor:
    if self.activation == "silu":
      return torch.silu(x)
    if self.activation == "gelu":
      return torch.gelu(x)
    if self.activation == "gelu_tanh":
      return torch.gelu(x, approximate="tanh")
    if self.activation == "relu_squared":
      return torch.relu(x).square()
    return torch.relu(x)

  def feed_forward(self: __torch__.Decoder, w: Dict[str, Tensor], x: Tensor) -> Tensor:
    if "router.weight" in w:
      return self.mixture(w, x.reshape([-1, x.size(-1)])).view(x.size())
    return self.expert(w, "", x)

  # One feed-forward block; of a mixture, the one whose weights' names begin so.
  def expert(self: __torch__.Decoder, w: Dict[str, Tensor], of: str, x: Tensor) -> Tensor:
    if of + "gate.weight" in w:
      return self.linear(w, of + "down", self.activated(self.linear(w, of + "gate", x)) * self.linear(w, of + "up", x))
    return self.linear(w, of + "down", self.activated(self.linear(w, of + "up", x)))

  # ids [b, t], rows [n] of the flattened [b * t] -> [n, hidden], before the last norm. After its attention the last
  # layer goes on with the wanted rows alone.
  def hidden(self: __torch__.Decoder, ids: Tensor, rows: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    x = self.rows_of(rest["embedding.weight"], ids)
    if self.embedding_scale != 1.0:
      x = x * self.embedding_scale
    positions = torch.arange(0, ids.size(1), device=ids.device)
    if "positions.weight" in rest:
      x = x + self.rows_of(rest["positions.weight"], positions)
    cosines = annotate(List[Tensor], [])
    sines = annotate(List[Tensor], [])
    frequencies = torch.tensor(self.rotary_frequencies, dtype=6, device=ids.device)
    for table in range(len(self.rotary_scales)):
      own = frequencies.narrow(0, table * (self.rotary_dim // 2), self.rotary_dim // 2)
      angles = positions.float().view([1, 1, -1, 1]) * own
      cosine = (angles.cos() * self.rotary_scales[table]).to(x.dtype)
      sine = (angles.sin() * self.rotary_scales[table]).to(x.dtype)
      cosines.append(torch.cat([cosine, cosine], 3))
      sines.append(torch.cat([-sine, sine], 3))
    for layer in range(self.layers):
      w = self.weights[layer]
      n = self.normalised(w, "attention_norm", x).to(self.dtype)
      a = self.attention(layer, n, cosines, sines)
      if layer == self.layers - 1:
        a = a.flatten(0, 1).index_select(0, rows)
        n = n.flatten(0, 1).index_select(0, rows)
        x = x.flatten(0, 1).index_select(0, rows)
      a = self.normalised(w, "attention_post_norm", self.linear(w, "output", a))
      if self.parallel:
        if "feed_forward_norm.weight" in w:
          n = self.normalised(w, "feed_forward_norm", x).to(self.dtype)
        x = torch.add(x, a, alpha=self.residual_scale)
        x = torch.add(x, self.feed_forward(w, n), alpha=self.residual_scale)
      else:
        x = torch.add(x, a, alpha=self.residual_scale)
        n = self.normalised(w, "feed_forward_norm", x).to(self.dtype)
        a = self.normalised(w, "feed_forward_post_norm", self.feed_forward(w, n))
        x = torch.add(x, a, alpha=self.residual_scale)
    return x

  # Rows of a table that may lie in a file, rounded as the model is, in f32.
  def rows_of(self: __torch__.Decoder, table: Tensor, rows: Tensor) -> Tensor:
    return torch.embedding(table, rows).to(self.dtype).float()

  # A product rounds a logit to bf16, which is most of a bf16 loss's error; so the label's own is computed once more in
  # f32. logits [n, words], x [n, hidden], labels [n] -> logits
  def with_exact_labels(self: __torch__.Decoder, logits: Tensor, x: Tensor, labels: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    exact = (x.float() * self.rows_of(rest["head.rows"], labels)).sum([1])
    if "head.bias" in rest:
      exact = exact + rest["head.bias"].index_select(0, labels).float()
    return logits.scatter(1, labels.unsqueeze(1), exact.unsqueeze(1))

  # rows [n]: counted positions of the flattened [b * t]; labels [n] -> -log p of each label, f32 [n]
  def losses(self: __torch__.Decoder, ids: Tensor, rows: Tensor, labels: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    x = self.normalised(rest, "norm", self.hidden(ids, rows)).to(self.dtype)
    out = annotate(List[Tensor], [])
    for start in range(0, x.size(0), self.chunk):
      count = min(self.chunk, x.size(0) - start)
      block = x.narrow(0, start, count)
      wanted = labels.narrow(0, start, count)
      logits = self.linear(rest, "head", block).float()
      if self.dtype != 6:
        logits = self.with_exact_labels(logits, block, wanted)
      if self.logit_scale != 1.0:
        logits = logits * self.logit_scale
      if self.logit_cap > 0.0:
        logits = torch.tanh(logits / self.logit_cap) * self.logit_cap
      out.append(torch.cross_entropy_loss(logits, wanted, None, 0, -100, 0.0))
    return torch.cat(out, 0)

  # The plain product of two square matrices; one element, so that it is really computed.
  def multiply(self: __torch__.Decoder, size: int) -> float:
    a = torch.ones([size, size], dtype=self.dtype, device=torch.device(self.device))
    return float(torch.mm(a, a)[0, 0].float().item())
