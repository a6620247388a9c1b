# One decoder for every family that Assay scores, in TorchScript. Java packs it with an Architecture's
# numbers as attributes (DecoderArchive) and calls its methods; no bf16 tensor leaves it. The class goes on
# in attention.py, experts.py, head.py, weights.py, training.py and the packed products of one library (onednn.py or
# mkl.py), which the archive appends.
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
  words : int                  # of the vocabulary, those whose logits exist at once
  packed : bool                # linear weights are laid out anew, so that they multiply faster
  careful : bool               # numbers that are not finite are kept away from where they are not seen
  device : str
  dtype : int
  learns : bool                # weights are trained: what the backward pass needs stays as it was
  adapter_scale : float
  adapted_roles : List[str]    # the weights of a layer that adapters are put beside
  recomputed : bool            # training computes each layer again when it needs what lies within it
  weights : List[Dict[str, Tensor]]  # one map a layer, then the map of everything else
  head : List[Dict[str, Tensor]]     # the head's weights, some words each
  paths : Dict[str, Tuple[str, int, int]]   # of each file: where it lies, its elements, their type
  files : Dict[str, Tensor]
  places : Dict[str, Tuple[str, int, int]]  # of each source: its file, its first element and how many there are
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

  def linear(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    weight = w[name + ".weight"]
    x = self.widened(x, weight.size(1))
    if self.packed and name != "router":
      return self.packed_product(w, name, x)
    if name + ".adapter_a" in w:
      return self.adapted(w, name, x)
    return torch.linear(x, weight, self.bias(w, name))

  # With zeros behind each row, up to a size: some bf16 kernels read beyond a row's end and multiply by 0 what they find
  # there, which makes NaN of the next row's infinities. In multiples of 32 there is nothing to read.
  def widened(self: __torch__.Decoder, x: Tensor, size: int) -> Tensor:
    if x.size(-1) == size:
      return x
    return torch.constant_pad_nd(x, [0, size - x.size(-1)])

  def wide(self: __torch__.Decoder, size: int) -> int:
    if self.dtype == 6 or self.learns:
      return size
    return size + -size % 32

  # Norms give f32, and so does the sum of residuals: what a linear layer reads is rounded once, where it reads it.
  def rms(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    f = x.float()
    square = torch.linalg_vector_norm(f, 2, [-1], True).square()
    return (f * torch.rsqrt(square / f.size(-1) + self.epsilon)).mul_(weight)

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
      if self.learns:
        return torch.silu(x)
      return torch.silu_(x)
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
      gate = self.activated(self.linear(w, of + "gate", x))
      return self.linear(w, of + "down", self.multiplied(w, of + "up", x, gate))
    return self.linear(w, of + "down", self.activated(self.linear(w, of + "up", x)))

  # The linear layer's result times a factor.
  def multiplied(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor, factor: Tensor) -> Tensor:
    if self.packed:
      return self.packed_multiplied(w, name, self.widened(x, w[name + ".weight"].size(1)), factor)
    return factor * self.linear(w, name, x)

  # ids [b, t], rows [n] of the flattened [b * t] -> [n, hidden], before the last norm. After its attention the last
  # layer goes on with the wanted rows alone.
  def hidden(self: __torch__.Decoder, ids: Tensor, rows: Tensor) -> Tensor:
    x = self.embedded(ids)
    turns = self.turns(ids)
    for layer in range(self.layers):
      x = self.layer(layer, x, turns, rows)
    return x

  # ids [b, t] -> f32 [b, t, hidden]
  def embedded(self: __torch__.Decoder, ids: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    x = self.rows_of(rest["embedding.weight"], ids)
    if self.embedding_scale != 1.0:
      x = x * self.embedding_scale
    if "positions.weight" in rest:
      positions = torch.arange(0, ids.size(1), device=ids.device)
      # What the input is filled up with may lie beyond the last position that there is.
      last = rest["positions.weight"].size(0) - 1
      x = x + self.rows_of(rest["positions.weight"], positions.clamp(max=last))
    return x

  # By table, how each position turns the pairs of a head's dimensions: [1, t, 1, rotary_dim / 2] complex.
  def turns(self: __torch__.Decoder, ids: Tensor) -> List[Tensor]:
    positions = torch.arange(0, ids.size(1), device=ids.device)
    turns = annotate(List[Tensor], [])
    frequencies = torch.tensor(self.rotary_frequencies, dtype=6, device=ids.device)
    for table in range(len(self.rotary_scales)):
      own = frequencies.narrow(0, table * (self.rotary_dim // 2), self.rotary_dim // 2)
      angles = positions.float().view([1, -1, 1, 1]) * own
      turns.append(torch.complex(angles.cos(), angles.sin()) * self.rotary_scales[table])
    return turns

  # x [b, t, hidden] -> the same; of the last layer the wanted rows alone, [n, hidden]
  def layer(self: __torch__.Decoder, layer: int, x: Tensor, turns: List[Tensor], rows: Tensor) -> Tensor:
    w = self.weights[layer]
    n = self.normalised(w, "attention_norm", x).to(self.dtype)
    a = self.attention(layer, n, turns)
    if layer == self.layers - 1:
      a = a.flatten(0, 1).index_select(0, rows)
      n = n.flatten(0, 1).index_select(0, rows)
      x = x.flatten(0, 1).index_select(0, rows)
    a = self.normalised(w, "attention_post_norm", self.linear(w, "output", a))
    if self.parallel:
      if "feed_forward_norm.weight" in w:
        n = self.normalised(w, "feed_forward_norm", x).to(self.dtype)
      return self.plus(self.plus(x, a), self.feed_forward(w, n))
    x = self.plus(x, a)
    n = self.normalised(w, "feed_forward_norm", x).to(self.dtype)
    return self.plus(x, self.normalised(w, "feed_forward_post_norm", self.feed_forward(w, n)))

  # A block's output added to its input. Training needs the input as it was.
  def plus(self: __torch__.Decoder, x: Tensor, y: Tensor) -> Tensor:
    if self.learns:
      return torch.add(x, y, alpha=self.residual_scale)
    return x.add_(y.float(), alpha=self.residual_scale)

  # Rows of a table that may lie in a file, rounded as the model is, in f32.
  def rows_of(self: __torch__.Decoder, table: Tensor, rows: Tensor) -> Tensor:
    return torch.embedding(table, rows).to(self.dtype).float()

  # The plain product of two square matrices; one element, so that it is really computed.
  def multiply(self: __torch__.Decoder, size: int) -> float:
    a = torch.ones([size, size], dtype=self.dtype, device=torch.device(self.device))
    return float(torch.mm(a, a)[0, 0].float().item())
