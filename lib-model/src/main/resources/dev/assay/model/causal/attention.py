# Decoder, continued: attention.

  # x [b, t, h, d], turns [1, t, 1, rotary_dim / 2] complex -> f32. The halves of what rotates are real and imaginary
  # parts; they come out side by side, in queries and keys alike, so that their products stay.
  def rotated(self: __torch__.Decoder, x: Tensor, turns: Tensor) -> Tensor:
    half = self.rotary_dim // 2
    pairs = torch.complex(x.narrow(3, 0, half).float(), x.narrow(3, half, half).float()).mul_(turns)
    y = torch.view_as_real(pairs).flatten(3)
    if self.rotary_dim == x.size(3):
      return y
    return torch.cat([y, x.narrow(3, self.rotary_dim, x.size(3) - self.rotary_dim).float()], 3)

  # True where a query, one of count from start on, does not see a key, one from first on: keys after its own, and those
  # before its window if there is one.
  def unseen(self: __torch__.Decoder, start: int, count: int, first: int, window: int, like: Tensor) -> Tensor:
    i = torch.arange(start, start + count, device=like.device).unsqueeze(1)
    j = torch.arange(first, start + count, device=like.device).unsqueeze(0)
    mask = j > i
    if window > 0:
      mask = mask | (i - j >= window)
    return mask

  # x [b, t, h, d] -> [b * h, t, d or more]
  def by_head(self: __torch__.Decoder, x: Tensor, size: int) -> Tensor:
    return self.widened(x, size).transpose(1, 2).to(self.dtype, False, False, 0).reshape([-1, x.size(1), size])

  # The scores of what a query does not see become -inf: by addition, which leaves NaN where a score is +inf or NaN, or,
  # when care is taken, whatever they were. mask [count, seen]
  def cover(self: __torch__.Decoder, scores: Tensor, mask: Tensor) -> None:
    if self.careful or self.learns:
      scores.masked_fill_(mask, -float("inf"))
    else:
      nothing = torch.zeros([1], dtype=scores.dtype, device=scores.device)
      scores.add_(nothing.masked_fill(mask, -float("inf")))

  # weights [n, queries, keys], values [n, keys, d]. In f32 the sum is made of stretches at fixed places, because some
  # kernels divide a long one by its length, which the sample's end would decide.
  def weighted(self: __torch__.Decoder, weights: Tensor, values: Tensor) -> Tensor:
    seen = weights.size(2)
    if self.dtype != 6 or seen <= 256 or self.learns:
      return torch.bmm(weights, values)
    y = torch.bmm(weights.narrow(2, 0, 256), values.narrow(1, 0, 256))
    for start in range(256, seen, 256):
      count = min(256, seen - start)
      y.baddbmm_(weights.narrow(2, start, count), values.narrow(1, start, count))
    return y

  # Attention in blocks of queries at fixed places, each with the keys that one of them sees; a group's queries share
  # theirs. q [b, t, h, d], k and v [b, t, kv_heads, d] -> [b, t, h, d]
  def blocked(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    b, t, d = q.size(0), q.size(1), q.size(3)
    group = self.heads // self.kv_heads
    wide = self.wide(d)
    # Laid out as they are multiplied: a bf16 product with keys that lie otherwise takes twice the time.
    keys = self.by_head(k, wide).transpose(1, 2).contiguous()
    values = self.by_head(v, d)
    queries = self.widened(q, wide).view([b, t, self.kv_heads, group, wide])
    nothing = torch.zeros([1, 1, 1], dtype=self.dtype, device=q.device)
    scale = self.attention_scale
    if self.attention_cap > 0.0:
      scale = scale / self.attention_cap
    out = annotate(List[Tensor], [])
    for start in range(0, t, self.block):
      count = min(self.block, t - start)
      first = 0
      if window > 0:
        first = max(0, start - window + 1) // 64 * 64
      seen = start + count - first
      block = queries.narrow(1, start, count).permute([0, 2, 3, 1, 4]).to(self.dtype, False, False, 0)
      block = block.reshape([-1, group * count, wide])
      scores = torch.baddbmm(nothing, block, keys.narrow(2, first, seen), beta=0, alpha=scale)
      if self.attention_cap > 0.0:
        scores = scores.tanh_() * self.attention_cap
      masked = start
      if window > 0:
        masked = first
      mask = self.unseen(start, count, masked, window, q)
      places = scores.view([-1, group, count, seen]).narrow(3, masked - first, start + count - masked)
      self.cover(places, mask)
      y = self.weighted(torch.softmax(scores, -1), values.narrow(1, first, seen))
      out.append(y.view([b, self.kv_heads, group, count, d]).permute([0, 3, 1, 2, 4]))
    return torch.cat(out, 1).view([b, t, self.heads, d])

  # When care is taken, positions whose values are not finite are taken out, because an unseen value has the weight 0,
  # and 0 * inf is NaN; and every query that sees one becomes NaN.
  def attended(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    if not self.careful:
      return self.blocked(q, k, v, window)
    spoilt = torch.isfinite(v).all(3, True).logical_not()
    y = self.blocked(q, k, v.masked_fill(spoilt, 0.0), window)
    t = y.size(1)
    met = torch.cumsum(spoilt, 1)
    if window > 0 and window < t:
      met = met - torch.constant_pad_nd(met.narrow(1, 0, t - window), [0, 0, 0, 0, window, 0])
    return y.masked_fill((met > 0).repeat_interleave(self.heads // self.kv_heads, 2), float("nan"))

  # Before the output projection: x [b, t, hidden] -> [b, t, h * d]
  def attention(self: __torch__.Decoder, layer: int, x: Tensor, turns: List[Tensor]) -> Tensor:
    w = self.weights[layer]
    b, t = x.size(0), x.size(1)
    q = self.linear(w, "query", x)
    k = self.linear(w, "key", x)
    v = self.linear(w, "value", x)
    if self.qk_norm == "full":
      q = self.normalised(w, "query_norm", q)
      k = self.normalised(w, "key_norm", k)
    if self.clip > 0.0:
      q, k, v = q.clamp(-self.clip, self.clip), k.clamp(-self.clip, self.clip), v.clamp(-self.clip, self.clip)
    q = q.view([b, t, self.heads, self.head_dim])
    k = k.view([b, t, self.kv_heads, self.head_dim])
    if self.qk_norm == "head":
      q = self.head_normalised(w, "query_norm", q)
      k = self.head_normalised(w, "key_norm", k)
    v = v.view([b, t, self.kv_heads, self.head_dim])
    table = self.rotary_tables[layer]
    if table >= 0:
      q = self.rotated(q, turns[table])
      k = self.rotated(k, turns[table])
    return self.attended(q, k, v, self.windows[layer]).flatten(2)
