# Decoder, continued: attention.

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
