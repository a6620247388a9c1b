# Decoder, continued: training, of all weights or of adapters beside them.

  # Every source becomes an f32 parameter of its own; matrices decay. In bf16 each weight is a rounded copy of it,
  # through which its gradient comes.
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

  # Sources stay as they are: in f32, or for bf16 in the file. Beside each linear weight W of a layer whose role is
  # named two small matrices are trained, so that it acts as W + adapter_scale * B A. B begins as zero, A uniform within
  # 1 over the root of its inputs, as peft's does. choices: rank and seed, in a tensor because a call under autograd
  # takes nothing else.
  def train_adapters(self: __torch__.Decoder, choices: Tensor) -> Tensor:
    rank = int(choices[0])
    torch.manual_seed(int(choices[1]))
    device = torch.device(self.device)
    if self.dtype == 6:
      for name in self.sources.keys():
        self.sources[name] = self.sources[name].to(device, 6, False, True).detach()
    else:
      # What was mapped outside autograd can't take part in it.
      self.map_anew()
    self.files.clear()
    self.bind(choices)
    for layer in range(self.layers):
      w = self.weights[layer]
      added = annotate(Dict[str, Tensor], {})
      for key in w.keys():
        name = key[0:len(key) - 7]
        if w[key].dim() == 2 and name.split(".")[-1] in self.adapted_roles:
          inputs = w[key].size(1)
          a = ((torch.rand([rank, inputs]) * 2 - 1) / float(inputs) ** 0.5).to(device).requires_grad_(True)
          b = torch.zeros([w[key].size(0), rank], device=device).requires_grad_(True)
          added[name + ".adapter_a"] = a
          added[name + ".adapter_b"] = b
          self.train(a, True)
          self.train(b, True)
      for key in added.keys():
        w[key] = added[key]
    return choices

  # A linear layer with its adapter, which adds to the product in its place.
  def adapted(self: __torch__.Decoder, w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    rows = x.reshape([-1, x.size(-1)])
    y = torch.linear(rows, w[name + ".weight"], self.bias(w, name))
    low = torch.linear(rows, w[name + ".adapter_a"].to(self.dtype))
    y = y.addmm_(low, w[name + ".adapter_b"].to(self.dtype).t(), alpha=self.adapter_scale)
    return y.view(x.size()[0:-1] + [y.size(1)])

  # A source's present values, which a checkpoint has: with the adapters beside what is made of it added.
  def present(self: __torch__.Decoder, source: str) -> Tensor:
    w = self.sources[source].detach()
    if len(self.adapted_roles) == 0:
      return w
    w = w.to(torch.device(self.device), 6, False, True)
    for recipe in self.recipes:
      layer, role, of, shape, transposed, rows, group, halves, plus, f32 = recipe
      name = role[0:len(role) - 7]
      if of == source and role == name + ".weight" and name + ".adapter_a" in self.weights[layer]:
        a = self.weights[layer][name + ".adapter_a"].detach()
        part = self.part_of(w, shape, transposed, rows, group)
        change = torch.mm(self.weights[layer][name + ".adapter_b"].detach(), a)
        if halves:
          change = self.reordered(change, [2, -1])
        part.add_(change.view(part.size()), alpha=self.adapter_scale)
    return w

  # The adapter beside a linear weight, A [r, in] and B [out, r], as one whatever the source holds, in its order: the
  # parts of a fused weight have theirs below each other, so that r is the sum of their ranks. r is 0 where none is.
  def joint_adapter(self: __torch__.Decoder, source: str) -> Tuple[Tensor, Tensor]:
    low = annotate(List[Tensor], [torch.zeros([0])])
    high = annotate(List[Tensor], [torch.zeros([0])])
    for recipe in self.recipes:
      layer, role, of, shape, transposed, rows, group, halves, plus, f32 = recipe
      name = role[0:len(role) - 7]
      if of == source and role == name + ".weight" and name + ".adapter_a" in self.weights[layer]:
        a = self.weights[layer][name + ".adapter_a"].detach()
        b = self.weights[layer][name + ".adapter_b"].detach()
        if halves:
          b = self.reordered(b, [2, -1])
        outputs = shape[0]
        if transposed:
          outputs = shape[1]
        whole = torch.zeros([outputs, a.size(0)], device=b.device)
        part = self.part_of(whole, whole.size(), False, rows, group)
        part.copy_(b.view(part.size()))
        low.append(a)
        high.append(whole)
    if len(low) > 1:
      return torch.cat(low[1:], 0), torch.cat(high[1:], 1)
    return low[0], high[0]

  def joint_rank(self: __torch__.Decoder, source: str) -> int:
    return self.joint_adapter(source)[0].size(0)

  # Kept as a source's present values are.
  def hold_adapter(self: __torch__.Decoder, source: str, second: bool) -> None:
    a, b = self.joint_adapter(source)
    if second:
      a = b
    self.files["held"] = a.flatten()

  # One tensor's present values are kept while a checkpoint is written, stretch by stretch.
  def hold(self: __torch__.Decoder, source: str) -> None:
    self.files["held"] = self.present(source)

  def held(self: __torch__.Decoder, offset: int, size: int) -> Tensor:
    return self.files["held"].narrow(0, offset, size).to(torch.device("cpu"), 6)

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

  # Adds the gradient of share * (sum of losses) to the parameters' and gives that sum back. The graph ends before the
  # head, whose gradient comes first, some rows at a time, so that few logits exist at once; if layers are computed
  # again (Chen et al., "Training Deep Nets with Sublinear Memory Cost"), it ends before each layer as well. Where it
  # ends changes no bit, unless the head's rows are many.
  def accumulate(self: __torch__.Decoder, ids: Tensor, rows: Tensor, labels: Tensor,
                 share: Tensor) -> Tensor:
    turns = self.turns(ids)
    embedded = self.embedded(ids)
    inputs = annotate(List[Tensor], [])
    x = embedded
    for layer in range(self.layers):
      if self.recomputed:
        x = x.detach()
        inputs.append(x)
      x = self.layer(layer, x, turns, rows)
    y = x.detach().requires_grad_(True)
    loss = self.head_gradient(y, labels, share)
    g = torch._unwrap_optional(y.grad)
    if not self.recomputed:
      x.backward(g)
      return loss
    for i in range(self.layers):
      layer = self.layers - 1 - i
      start = inputs.pop(-1)
      if layer > 0 or embedded.requires_grad:
        start = start.requires_grad_(True)
      self.layer(layer, start, turns, rows).backward(g)
      if start.requires_grad:
        g = torch._unwrap_optional(start.grad)
    if embedded.requires_grad:
      embedded.backward(g)
    return loss

  # x [n, hidden], a leaf, gets its gradient -> the sum of losses.
  def head_gradient(self: __torch__.Decoder, x: Tensor, labels: Tensor, share: Tensor) -> Tensor:
    most = max(128, 4194304 // self.words)
    sum = torch.zeros([], device=x.device)
    for start in range(0, x.size(0), most):
      count = min(most, x.size(0) - start)
      part = self.normalised(self.weights[self.layers], "norm", x.narrow(0, start, count)).to(self.dtype)
      loss = self.losses_of(part, labels.narrow(0, start, count)).sum()
      (loss * share).backward()
      sum = sum + loss.detach()
    return sum

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
