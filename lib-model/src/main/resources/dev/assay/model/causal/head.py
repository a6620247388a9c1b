# Decoder, continued: from the last layer to losses.

  # rows [n]: counted positions of the flattened [b * t]; labels [n] -> -log p of each label, f32 [n]
  def losses(self: __torch__.Decoder, ids: Tensor, rows: Tensor, labels: Tensor) -> Tensor:
    missing = -ids.size(1) % 32
    if missing > 0 and not self.learns:
      # Later inputs change nothing. With them no product's shape tells how long a sample is.
      rows = rows + rows.floor_divide(ids.size(1)) * missing
      ids = torch.constant_pad_nd(ids, [0, missing])
    counted = rows.size(0)
    if not self.packed and not self.learns:
      # Plain products of few rows add in another order; where a sum overflows on the way, that decides what comes out.
      rows = torch.cat([rows, rows.narrow(0, 0, 1).expand([-counted % 32])], 0)
      labels = torch.cat([labels, labels.narrow(0, 0, 1).expand([-counted % 32])], 0)
    x = self.judged(ids, rows)
    # Whatever a number that is not finite has spoilt is NaN, and stays so up to here.
    if not self.learns and not bool(torch.isfinite(x.sum())):
      self.careful = True
      x = self.judged(ids, rows)
      self.careful = False
    return self.losses_of(x, labels).narrow(0, 0, counted)

  # What the head reads, [n, hidden].
  def judged(self: __torch__.Decoder, ids: Tensor, rows: Tensor) -> Tensor:
    return self.normalised(self.weights[self.layers], "norm", self.hidden(ids, rows)).to(self.dtype)

  # Logits exist for some words at a time; of each block the largest and the sum of exponentials are kept, where memory
  # was taken for them before: small tensors between the blocks' logits would keep the allocator from using the place of
  # one block's for the next.
  def losses_of(self: __torch__.Decoder, x: Tensor, labels: Tensor) -> Tensor:
    own = torch.zeros([x.size(0)], device=x.device)
    exact = self.dtype != 6 and not x.requires_grad
    if exact:
      own = self.own_logits(x, labels)
    largest = torch.zeros([x.size(0), len(self.head)], device=x.device)
    sums = torch.zeros([x.size(0), len(self.head)], device=x.device)
    for i in range(len(self.head)):
      logits = self.linear(self.head[i], "head", x).float()
      place = labels - i * self.words
      here = torch.logical_and(place >= 0, place < logits.size(1))
      place = place.clamp(0, logits.size(1) - 1).unsqueeze(1)
      if exact:
        logits.scatter_(1, place, torch.where(here.unsqueeze(1), own.unsqueeze(1), logits.gather(1, place)))
      if self.logit_scale != 1.0:
        logits = logits * self.logit_scale
      if self.logit_cap > 0.0:
        logits = torch.tanh(logits / self.logit_cap) * self.logit_cap
      own.copy_(torch.where(here, logits.gather(1, place).squeeze(1), own))
      # A block may hold nothing but -inf.
      most = logits.detach().amax([1], True).clamp(min=-3.0e38)
      largest.narrow(1, i, 1).copy_(most)
      sums.narrow(1, i, 1).copy_(self.exponentials(logits, most).sum([1], True))
    top = largest.amax([1], True)
    total = (sums * (largest - top).exp()).sum([1])
    return total.log() + (top.squeeze(1) - own)

  # Of numbers less what is taken off, in their place; training needs them as they were.
  def exponentials(self: __torch__.Decoder, x: Tensor, less: Tensor) -> Tensor:
    if self.learns:
      return (x - less).exp()
    return x.sub_(less).exp_()

  # A product rounds a logit to bf16, which is most of a bf16 loss's error; so the label's own is computed once more in
  # f32. A gradient does without: it is rounded itself. x [n, hidden], labels [n] -> [n]
  def own_logits(self: __torch__.Decoder, x: Tensor, labels: Tensor) -> Tensor:
    rest = self.weights[self.layers]
    exact = (x.float() * self.rows_of(rest["head.rows"], labels)).sum([1])
    if "head.bias" in rest:
      exact = exact + rest["head.bias"].index_select(0, labels).float()
    return exact
