# Decoder, continued: mixtures of experts. The router stays f32, because a rounded logit sends a token elsewhere.

  # x [n, hidden] -> f32 [n, hidden]: of each row what its experts say, each times its share.
  def mixture(self: __torch__.Decoder, w: Dict[str, Tensor], x: Tensor) -> Tensor:
    shares, chosen = torch.topk(torch.softmax(self.linear(w, "router", x.float()), -1), self.active_experts)
    if self.shares_sum_up:
      shares = shares / shares.sum([-1], True)
    y = torch.zeros(x.size(), dtype=6, device=x.device)
    for expert in range(self.experts):
      others = chosen != expert
      taken = others.all(1).logical_not()
      rows = torch.nonzero(taken).squeeze(1)
      if rows.size(0) > 0:
        share = shares.masked_fill(others, 0.0).sum([1], True).index_select(0, rows)
        y.index_add_(0, rows, self.expert_of(w, "expert." + str(expert) + ".", x, taken, rows) * share)
    if "shared_router.weight" in w:
      share = torch.sigmoid(self.linear(w, "shared_router", x).float())
      y = y + self.expert(w, "expert." + str(self.experts) + ".", x) * share
    return y

  # One expert's output for the rows that take it: taken [n], rows [m] are their numbers -> [m, hidden].
  # The rows are multiplied in blocks of 32, in which row i always has the place i % 32. Neither a product's shape nor a
  # row's place in it depends on what other rows take, among which are later positions.
  def expert_of(self: __torch__.Decoder, w: Dict[str, Tensor], of: str, x: Tensor, taken: Tensor,
      rows: Tensor) -> Tensor:
    columns = torch.constant_pad_nd(taken, [0, -taken.size(0) % 32]).view([-1, 32])
    depth = torch.cumsum(columns, 0)
    blocks = int(depth.max().item())
    places = ((depth - 1) * 32 + torch.arange(0, 32, device=x.device)).flatten().index_select(0, rows)
    placed = torch.zeros([32 * blocks, x.size(1)], dtype=x.dtype, device=x.device)
    placed = placed.index_copy(0, places, x.index_select(0, rows))
    out = annotate(List[Tensor], [])
    for block in range(blocks):
      out.append(self.expert(w, of, placed.narrow(0, 32 * block, 32)))
    return torch.cat(out, 0).index_select(0, places)
