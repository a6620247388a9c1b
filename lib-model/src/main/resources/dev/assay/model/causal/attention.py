# Decoder, continued: attention.

  # x [b, h, t, d], cosine and sine [1, 1, t, rotary_dim]; the sine of the first half is negative.
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

  # x [b, h, t, d], filled up with zeros to a whole number of blocks. Training gains nothing by it.
  def filled(self: __torch__.Decoder, x: Tensor) -> Tensor:
    missing = -x.size(2) % self.block
    if missing == 0 or len(self.trained) > 0:
      return x
    return torch.constant_pad_nd(x, [0, 0, 0, missing])

  # Attention in blocks of queries, each with the keys that one of them sees; the queries of a group share theirs.
  # No later position touches an earlier one, whatever the numbers: blocks lie at fixed places and are full, so that no
  # product's shape says how long the sample is, and the score of an unseen key becomes -inf whatever it was.
  # q [b, h, t, d], k and v [b, kv_heads, t, d], all finite -> [b, h, t, d]
  def blocked(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    b, t, d = q.size(0), q.size(2), q.size(3)
    group = self.heads // self.kv_heads
    queries = self.filled(q)
    whole = queries.size(2)
    queries = queries.reshape([-1, group, whole, d])
    keys = self.filled(k).transpose(2, 3).reshape([-1, d, whole])
    values = self.filled(v).reshape([-1, whole, d])
    nothing = torch.zeros([1, 1, 1], dtype=q.dtype, device=q.device)
    out = annotate(List[Tensor], [])
    for start in range(0, whole, self.block):
      count = min(self.block, whole - start)
      first = 0
      if window > 0:
        first = max(0, start - window + 1) // 64 * 64
      seen = start + count - first
      block = queries.narrow(2, start, count).reshape([-1, group * count, d])
      scores = torch.baddbmm(nothing, block, keys.narrow(2, first, seen), beta=0, alpha=self.attention_scale)
      if self.attention_cap > 0.0:
        scores = torch.tanh(scores / self.attention_cap) * self.attention_cap
      masked = start
      if window > 0:
        masked = first
      mask = self.unseen(start, count, masked, window, q)
      places = scores.view([-1, group, count, seen]).narrow(3, masked - first, start + count - masked)
      places.masked_fill_(mask, -float("inf"))
      weights = torch.softmax(scores, -1)
      if self.finite(weights):
        y = torch.bmm(weights, values.narrow(1, first, seen))
      else:
        spoilt = torch.isfinite(weights).all(2, True).logical_not()
        y = torch.bmm(weights.masked_fill(spoilt, 0.0), values.narrow(1, first, seen))
        y = y.masked_fill(spoilt, float("nan"))
      out.append(y.view([b, self.heads, count, d]))
    return torch.cat(out, 2).narrow(2, 0, t)

  # The same for numbers that need not be finite. An unseen value has the weight 0, and 0 * inf is NaN; so positions
  # that are not finite are taken out, and every query that sees one becomes NaN.
  def attended(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    if self.finite(q) and self.finite(k) and self.finite(v):
      return self.blocked(q, k, v, window)
    asking = torch.isfinite(q).all(3, True).logical_not()
    spoilt = torch.logical_and(torch.isfinite(k), torch.isfinite(v)).all(3, True).logical_not()
    y = self.blocked(q.masked_fill(asking, 0.0), k.masked_fill(spoilt, 0.0), v.masked_fill(spoilt, 0.0), window)
    t = y.size(2)
    met = torch.cumsum(spoilt, 2)
    if window > 0 and window < t:
      met = met - torch.constant_pad_nd(met.narrow(2, 0, t - window), [0, 0, window, 0])
    met = (met > 0).repeat_interleave(self.heads // self.kv_heads, 1)
    return y.masked_fill(torch.logical_or(met, asking), float("nan"))

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
    if self.clip > 0.0:
      q, k, v = q.clamp(-self.clip, self.clip), k.clamp(-self.clip, self.clip), v.clamp(-self.clip, self.clip)
    q = q.view([b, t, self.heads, self.head_dim])
    k = k.view([b, t, self.kv_heads, self.head_dim])
    if self.qk_norm == "head":
      q = self.head_normalised(w, "query_norm", q)
      k = self.head_normalised(w, "key_norm", k)
    q = q.transpose(1, 2)
    k = k.transpose(1, 2)
    v = v.view([b, t, self.kv_heads, self.head_dim]).transpose(1, 2)
    table = self.rotary_tables[layer]
    if table >= 0:
      q = self.rotated(q, cosines[table], sines[table])
      k = self.rotated(k, cosines[table], sines[table])
    y = self.attended(q.to(self.dtype), k.to(self.dtype), v, self.windows[layer])
    return y.transpose(1, 2).reshape([b, t, -1])
