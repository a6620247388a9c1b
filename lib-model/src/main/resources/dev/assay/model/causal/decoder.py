# One decoder for every family that Assay scores, in TorchScript. Java packs it with an Architecture's
# numbers as attributes (DecoderArchive) and calls its methods; no bf16 tensor leaves it.
# Shapes: b samples, t positions, h heads, d head size, n counted rows. An absent weight is an absent step.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  rotary_dim : int             # leading dimensions of a head that rotate; 0: no rotation
  rotary_tables : List[int]    # per layer, which row of the frequencies it uses
  rotary_scales : List[float]  # per table, what cosine and sine are multiplied by
  windows : List[int]          # per layer, how many last positions a query sees; 0: all
  attention_scale : float
  attention_cap : float        # soft cap of attention scores; 0: none
  logit_cap : float            # soft cap of logits; 0: none
  embedding_scale : float
  epsilon : float
  norm : str                   # "rms", "rms_f32" (multiplied before the cast back), "layer"
  qk_norm : str                # "none", "head" (over a head), "full" (over the whole projection)
  activation : str             # "silu", "gelu", "gelu_tanh", "relu"
  parallel : bool              # attention and feed-forward both read the block's input
  chunk : int                  # rows of logits that exist at once
  packed : bool                # linear weights are laid out for oneDNN, which multiplies them faster
  device : str
  dtype : int
  adapter_scale : float
  weights : List[Dict[str, Tensor]]  # one map a layer, then the map of everything else
  files : Dict[str, Tensor]
  sources : Dict[str, Tensor]
  recipes : List[Tuple[int, str, str, List[int], bool, List[int], List[int], float, bool]]
  trained : List[Tensor]
  decays : List[bool]
  first : List[Tensor]
  second : List[Tensor]
  clock : List[Tensor]

  # --- weights -----------------------------------------------------------------------------------
  # A source is one tensor of the checkpoint, flat; a recipe says which weight is made of which part of it.

  def map(self: __torch__.Decoder, key: str, path: str, elements: int, dtype: int) -> None:
    self.files[key] = torch.from_file(path, False, elements, dtype=dtype)

  def place(self: __torch__.Decoder, name: str, key: str, offset: int, size: int) -> None:
    self.sources[name] = self.files[key].narrow(0, offset, size)

  # rows: first and count of the wanted rows, or []; group: index and count of blocks of head_dim rows, or []
  def use(self: __torch__.Decoder, layer: int, role: str, source: str, shape: List[int], transposed: bool,
          rows: List[int], group: List[int], plus: float, f32: bool) -> None:
    self.recipes.append((layer, role, source, shape, transposed, rows, group, plus, f32))

  def part(self: __torch__.Decoder, source: str, shape: List[int], transposed: bool,
           rows: List[int], group: List[int]) -> Tensor:
    w = self.sources[source].view(shape)
    if transposed:
      w = w.t()
    if len(rows) == 2:
      w = w.narrow(0, rows[0], rows[1])
    if len(group) == 2:
      w = w.view([-1, group[1], self.head_dim] + w.size()[1:]).select(1, group[0])
    return w

  # Makes every weight from its sources; in training again after each update that a copy would miss.
  def bind(self: __torch__.Decoder, unused: Tensor) -> Tensor:
    bound = annotate(List[Dict[str, Tensor]], [])
    for i in range(self.layers + 1):
      bound.append(annotate(Dict[str, Tensor], {}))
    device = torch.device(self.device)
    for recipe in self.recipes:
      layer, role, source, shape, transposed, rows, group, plus, f32 = recipe
      w = self.part(source, shape, transposed, rows, group)
      if len(group) == 2:
        w = w.flatten(0, 1)
      dtype = self.dtype
      if f32:
        dtype = 6
      w = w.to(device, dtype)
      if plus != 0.0:
        w = w + plus
      if role in bound[layer]:
        w = torch.cat([bound[layer][role], w], 0)
      bound[layer][role] = w.contiguous()
    self.weights = bound
    return unused

  # Whether linear weights will be packed: asked for, and the processor can multiply them then.
  def can_pack(self: __torch__.Decoder) -> bool:
    if self.dtype == 15 and not ops.mkldnn._is_mkldnn_bf16_supported():
      self.packed = False
    return self.packed

  # Replaces linear weights by copies that oneDNN has laid out, and lets go of the files; for losses on a CPU only.
  def pack(self: __torch__.Decoder) -> None:
    for layer in range(self.layers + 1):
      w = self.weights[layer]
      packed = annotate(Dict[str, Tensor], {})
      for key in w.keys():
        if w[key].dim() == 2 and key != "embedding.weight" and key != "positions.weight":
          packed[key] = ops.mkldnn._reorder_linear_weight(w[key], 256)
        else:
          packed[key] = w[key].clone()
      self.weights[layer] = packed
    self.sources.clear()
    self.files.clear()

  # --- the decoder -------------------------------------------------------------------------------

  def bias(self: __torch__.Decoder, w: Dict[str, Tensor], name: str) -> Optional[Tensor]:
    bias : Optional[Tensor] = None
    if name + ".bias" in w:
      bias = w[name + ".bias"]
    return bias

  def linear(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    weight = w[name + ".weight"]
    if self.packed:
      return ops.mkldnn._linear_pointwise(x.contiguous(), weight, self.bias(w, name), "none", [], "")
    y = torch.linear(x, weight, self.bias(w, name))
    if name + ".adapter_a" in w:
      y = y + self.adapter_scale * torch.linear(torch.linear(x, w[name + ".adapter_a"]), w[name + ".adapter_b"])
    return y

  def rms(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    f = x.float()
    f = f * torch.rsqrt(f.square().mean([-1], True) + self.epsilon)
    if self.norm == "rms":
      return weight * f.to(x.dtype)
    return (weight * f).to(x.dtype)

  def normalised(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    if name + ".weight" not in w:
      return x
    weight = w[name + ".weight"]
    if self.norm == "layer":
      return torch.layer_norm(x, [x.size(-1)], weight, self.bias(w, name), self.epsilon)
    return self.rms(x, weight)

  # x [b, t, h, d]; the weight is [d] or, where each head has its own, [h * d].
  def head_normalised(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    weight = w[name + ".weight"].view([-1, x.size(3)])
    if self.norm == "layer":
      y = torch.layer_norm(x, [x.size(3)], None, None, self.epsilon) * weight
      if name + ".bias" in w:
        y = y + w[name + ".bias"].view([-1, x.size(3)])
      return y
    return self.rms(x, weight)

  # x [b, h, t, d], cosine and sine [b, 1, t, rotary_dim]; the sine of the first half is negative.
  def rotated(self: __torch__.Decoder, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    r = x.narrow(3, 0, self.rotary_dim)
    half = self.rotary_dim // 2
    turned = torch.cat([r.narrow(3, half, half), r.narrow(3, 0, half)], 3)
    r = r * cosine + turned * sine
    if self.rotary_dim == x.size(3):
      return r
    return torch.cat([r, x.narrow(3, self.rotary_dim, x.size(3) - self.rotary_dim)], 3)

  # True where a query, one of count from start on, does not see a key, one from first on: keys after its own, and those
  # before its window if there is one.
  def unseen(self: __torch__.Decoder, start: int, count: int, first: int, window: int, like: Tensor) -> Tensor:
    i = torch.arange(start, start + count, device=like.device).unsqueeze(1)
    j = torch.arange(first, start + count, device=like.device).unsqueeze(0)
    mask = j > i
    if window > 0:
      mask = mask | (i - j >= window)
    return mask

  # Attention in blocks of 128 queries, each with the keys that one of them sees; the queries of a group share theirs.
  # For what the fused kernel lacks: a soft cap, and a bf16 product that does not go through f32.
  # q [b, h, t, d], k and v [b, kv_heads, t, d] -> [b, h, t, d]
  def blocked(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    b, t, d = q.size(0), q.size(2), q.size(3)
    group = self.heads // self.kv_heads
    queries = q.reshape([-1, group, t, d])
    keys = k.transpose(2, 3).reshape([-1, d, t])
    values = v.reshape([-1, t, d])
    nothing = torch.zeros([1, 1, 1], dtype=q.dtype, device=q.device)
    out = annotate(List[Tensor], [])
    for start in range(0, t, 128):
      count = min(128, t - start)
      first = 0
      if window > 0:
        first = max(0, start - window + 1)
      seen = start + count - first
      block = queries.narrow(2, start, count).reshape([-1, group * count, d])
      scores = torch.baddbmm(nothing, block, keys.narrow(2, first, seen), beta=0, alpha=self.attention_scale)
      if self.attention_cap > 0.0:
        scores = torch.tanh(scores / self.attention_cap) * self.attention_cap
      masked = start
      if window > 0:
        masked = first
      mask = self.unseen(start, count, masked, window, q)
      scores.view([-1, group, count, seen]).narrow(3, masked - first, start + count - masked).masked_fill_(mask, -3.0e38)
      y = torch.bmm(torch.softmax(scores, -1), values.narrow(1, first, seen))
      out.append(y.view([b, self.heads, count, d]))
    return torch.cat(out, 2)

  # Before the output projection: x [b, t, hidden] -> [b, t, h * d]
  def attention(self: __torch__.Decoder, layer: int, x: Tensor, cosines: List[Tensor], sines: List[Tensor]) -> Tensor:
    w = self.weights[layer]
    b, t = x.size(0), x.size(1)
    q = self.linear(w, "query", x)
    k = self.linear(w, "key", x)
    v = self.linear(w, "value", x)
    if self.qk_norm == "full":
      q = self.normalised(w, "query_norm", q)
      k = self.normalised(w, "key_norm", k)
    q = q.view([b, t, self.heads, self.head_dim])
    k = k.view([b, t, self.kv_heads, self.head_dim])
    if self.qk_norm == "head":
      q = self.head_normalised(w, "query_norm", q)
      k = self.head_normalised(w, "key_norm", k)
    q = q.transpose(1, 2)
    k = k.transpose(1, 2)
    v = v.view([b, t, self.kv_heads, self.head_dim]).transpose(1, 2)
    if self.rotary_dim > 0:
      table = self.rotary_tables[layer]
      q = self.rotated(q, cosines[table], sines[table])
      k = self.rotated(k, cosines[table], sines[table])
    window = self.windows[layer]
    if self.attention_cap > 0.0 or (self.packed and self.dtype == 15):
      y = self.blocked(q, k, v, window)
    else:
      if self.kv_heads != self.heads:
        k = k.repeat_interleave(self.heads // self.kv_heads, 1)
        v = v.repeat_interleave(self.heads // self.kv_heads, 1)
      if window > 0 and window < t:
        mask = self.unseen(0, t, 0, window, q).logical_not()
        y = torch.scaled_dot_product_attention(q, k, v, mask, 0.0, False, scale=self.attention_scale)
      else:
        y = torch.scaled_dot_product_attention(q, k, v, None, 0.0, True, scale=self.attention_scale)
    return y.transpose(1, 2).reshape([b, t, -1])

  def activated(self: __torch__.Decoder, x: Tensor) -> Tensor:
    if self.activation == "silu":
      return torch.silu(x)
    if self.activation == "gelu":
      return torch.gelu(x)
    if self.activation == "gelu_tanh":
      return torch.gelu(x, approximate="tanh")
    return torch.relu(x)

  def feed_forward(self: __torch__.Decoder, w: Dict[str, Tensor], x: Tensor) -> Tensor:
    if "gate.weight" in w:
      return self.linear(w, "down", self.activated(self.linear(w, "gate", x)) * self.linear(w, "up", x))
    return self.linear(w, "down", self.activated(self.linear(w, "up", x)))

  # ids [b, t], rows [n] of the flattened [b * t], frequencies [b, tables, rotary_dim / 2] in radians a position
  # -> [n, hidden], before the last norm. After its attention the last layer goes on with the wanted rows alone.
  def hidden(self: __torch__.Decoder, ids: Tensor, rows: Tensor, frequencies: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    x = torch.embedding(rest["embedding.weight"], ids)
    if self.embedding_scale != 1.0:
      x = x * torch.tensor(self.embedding_scale, dtype=x.dtype, device=x.device)
    positions = torch.arange(0, ids.size(1), device=ids.device)
    if "positions.weight" in rest:
      x = x + torch.embedding(rest["positions.weight"], positions)
    cosines = annotate(List[Tensor], [])
    sines = annotate(List[Tensor], [])
    for table in range(len(self.rotary_scales)):
      angles = positions.float().view([1, 1, -1, 1]) * frequencies.select(1, table).unsqueeze(1).unsqueeze(1)
      cosine = (angles.cos() * self.rotary_scales[table]).to(x.dtype)
      sine = (angles.sin() * self.rotary_scales[table]).to(x.dtype)
      cosines.append(torch.cat([cosine, cosine], 3))
      sines.append(torch.cat([-sine, sine], 3))
    for layer in range(self.layers):
      w = self.weights[layer]
      n = self.normalised(w, "attention_norm", x)
      a = self.attention(layer, n, cosines, sines)
      if layer == self.layers - 1:
        a = a.flatten(0, 1).index_select(0, rows)
        n = n.flatten(0, 1).index_select(0, rows)
        x = x.flatten(0, 1).index_select(0, rows)
      a = self.normalised(w, "attention_post_norm", self.linear(w, "output", a))
      if self.parallel:
        if "feed_forward_norm.weight" in w:
          n = self.normalised(w, "feed_forward_norm", x)
        x = x + a + self.feed_forward(w, n)
      else:
        x = x + a
        n = self.normalised(w, "feed_forward_norm", x)
        x = x + self.normalised(w, "feed_forward_post_norm", self.feed_forward(w, n))
    return x

  # rows [n]: counted positions of the flattened [b * t]; labels [n] -> -log p of each label, f32 [n]
  def losses(self: __torch__.Decoder, ids: Tensor, rows: Tensor, labels: Tensor, frequencies: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    x = self.normalised(rest, "norm", self.hidden(ids, rows, frequencies))
    out = annotate(List[Tensor], [])
    for start in range(0, x.size(0), self.chunk):
      count = min(self.chunk, x.size(0) - start)
      logits = self.linear(rest, "head", x.narrow(0, start, count)).float()
      if self.logit_cap > 0.0:
        logits = torch.tanh(logits / self.logit_cap) * self.logit_cap
      out.append(torch.cross_entropy_loss(logits, labels.narrow(0, start, count), None, 0, -100, 0.0))
    return torch.cat(out, 0)

  # --- training ----------------------------------------------------------------------------------

  # Every source becomes an f32 parameter of its own; matrices decay.
  def train_all(self: __torch__.Decoder, unused: Tensor) -> Tensor:
    matrices = annotate(Dict[str, bool], {})
    for recipe in self.recipes:
      matrices[recipe[2]] = len(recipe[3]) > 1
    for name in self.sources.keys():
      p = self.sources[name].to(torch.device(self.device), 6, False, True).detach().requires_grad_(True)
      self.sources[name] = p
      self.train(p, matrices[name])
    self.files.clear()
    return self.bind(unused)

  # Sources stay as they are, in f32; beside each linear weight W of a layer two small matrices are trained, so that it
  # acts as W + adapter_scale * B A. B begins as zero. choices: rank and seed, in a tensor because a call under
  # autograd takes nothing else.
  def train_adapters(self: __torch__.Decoder, choices: Tensor) -> Tensor:
    rank = int(choices[0])
    torch.manual_seed(int(choices[1]))
    device = torch.device(self.device)
    for name in self.sources.keys():
      self.sources[name] = self.sources[name].to(device, 6, False, True).detach()
    self.files.clear()
    self.bind(choices)
    for layer in range(self.layers):
      w = self.weights[layer]
      added = annotate(Dict[str, Tensor], {})
      for key in w.keys():
        if w[key].dim() == 2:
          name = key[0:len(key) - 7]
          inputs = w[key].size(1)
          a = (torch.randn([rank, inputs]) / float(inputs) ** 0.5).to(device).requires_grad_(True)
          b = torch.zeros([w[key].size(0), rank], device=device).requires_grad_(True)
          added[name + ".adapter_a"] = a
          added[name + ".adapter_b"] = b
          self.train(a, True)
          self.train(b, True)
      for key in added.keys():
        w[key] = added[key]
    return choices

  # Adds each adapter to the source its weight is made of; training cannot go on after that.
  def merge(self: __torch__.Decoder) -> None:
    for recipe in self.recipes:
      layer, role, source, shape, transposed, rows, group, plus, f32 = recipe
      w = self.weights[layer]
      name = role[0:len(role) - 7]
      if role == name + ".weight" and name + ".adapter_a" in w:
        part = self.part(source, shape, transposed, rows, group)
        change = torch.mm(w[name + ".adapter_b"].detach(), w[name + ".adapter_a"].detach())
        part.add_(change.view(part.size()), alpha=self.adapter_scale)

  # What is trained (0) and its first and second moments (1, 2), for a later resumption.
  def state(self: __torch__.Decoder, kind: int) -> List[Tensor]:
    if kind == 0:
      return self.trained
    if kind == 1:
      return self.first
    return self.second

  def state_sizes(self: __torch__.Decoder) -> List[int]:
    sizes = annotate(List[int], [])
    for p in self.trained:
      sizes.append(p.numel())
    return sizes

  def state_values(self: __torch__.Decoder, kind: int, index: int, offset: int, size: int) -> Tensor:
    return self.state(kind)[index].detach().flatten().narrow(0, offset, size).to(torch.device("cpu"), 6)

  def restore(self: __torch__.Decoder, kind: int, index: int, key: str, offset: int, steps: int) -> None:
    p = self.state(kind)[index].detach()
    p.copy_(self.files[key].narrow(0, offset, p.numel()).view(p.size()))
    self.clock[index].fill_(steps)

  def release(self: __torch__.Decoder) -> None:
    self.files.clear()

  def train(self: __torch__.Decoder, p: Tensor, decays: bool) -> None:
    self.trained.append(p)
    self.decays.append(decays)
    self.first.append(torch.zeros_like(p.detach()))
    self.second.append(torch.zeros_like(p.detach()))
    self.clock.append(torch.zeros([], dtype=6, device=p.device))

  # Adds the gradient of share * (sum of losses) to the parameters' and gives that sum back.
  def accumulate(self: __torch__.Decoder, ids: Tensor, rows: Tensor, labels: Tensor, frequencies: Tensor,
                 share: Tensor) -> Tensor:
    loss = self.losses(ids, rows, labels, frequencies).sum()
    (loss * share).backward()
    return loss.detach()

  # One AdamW step and the gradients' reset. rates: learning rate, beta 1, beta 2, epsilon, decay, largest gradient
  # norm (0: any). Gives the gradients' norm before clipping back.
  def update(self: __torch__.Decoder, rates: List[float]) -> Tensor:
    gradients = annotate(List[Tensor], [])
    square = torch.zeros([], dtype=7, device=torch.device(self.device))
    for p in self.trained:
      g = torch._unwrap_optional(p.grad)
      gradients.append(g)
      square = square + g.square().sum(dtype=7)
    norm = square.sqrt()
    if rates[5] > 0.0:
      factor = torch.clamp(rates[5] / (norm + 1.0e-6), max=1.0).float()
      for g in gradients:
        g.mul_(factor)
    for i in range(len(self.trained)):
      self.clock[i].add_(1)
      if self.decays[i]:
        self.trained[i].detach().mul_(1.0 - rates[0] * rates[4])
    # Its lists must be attributes: a step that writes only into local lists is removed as dead code.
    torch._fused_adamw_(self.trained, gradients, self.first, self.second, annotate(List[Tensor], []), self.clock,
                        lr=rates[0], beta1=rates[1], beta2=rates[2], weight_decay=0.0, eps=rates[3],
                        amsgrad=False, maximize=False)
    for g in gradients:
      g.zero_()
    return norm

  # A stretch of a source as f32, which Java can read whatever the dtype.
  def values(self: __torch__.Decoder, source: str, offset: int, size: int) -> Tensor:
    return self.sources[source].detach().narrow(0, offset, size).to(torch.device("cpu"), 6)

  # --- measuring ---------------------------------------------------------------------------------

  # The plain product of two square matrices; one element, so that it is really computed.
  def multiply(self: __torch__.Decoder, size: int) -> float:
    a = torch.ones([size, size], dtype=self.dtype, device=torch.device(self.device))
    return float(torch.mm(a, a)[0, 0].float().item())
