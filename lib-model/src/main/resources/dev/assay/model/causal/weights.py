# Decoder, continued: its weights. A source is one tensor of the checkpoint, flat; a recipe says which weight is made of
# which part of it.

  def map(self: __torch__.Decoder, key: str, path: str, elements: int, dtype: int) -> None:
    self.paths[key] = (path, elements, dtype)
    self.files[key] = torch.from_file(path, False, elements, dtype=dtype)

  def place(self: __torch__.Decoder, name: str, key: str, offset: int, size: int) -> None:
    self.places[name] = (key, offset, size)
    self.sources[name] = self.files[key].narrow(0, offset, size)

  # Maps the files anew: what has been read of them so far is memory that the old mapping held.
  def map_anew(self: __torch__.Decoder) -> None:
    for key in self.paths.keys():
      path, elements, dtype = self.paths[key]
      self.files[key] = torch.from_file(path, False, elements, dtype=dtype)
    for name in self.places.keys():
      key, offset, size = self.places[name]
      self.sources[name] = self.files[key].narrow(0, offset, size)

  # rows: first and count of the wanted rows, or []; group: first and count of the wanted blocks of head_dim rows, and
  # how many make a group, or []; halves: a head's rotated rows are pairs, to be put as halves
  def use(self: __torch__.Decoder, layer: int, role: str, source: str, shape: List[int], transposed: bool,
          rows: List[int], group: List[int], halves: bool, plus: float, f32: bool) -> None:
    self.recipes.append((layer, role, source, shape, transposed, rows, group, halves, plus, f32))

  def part(self: __torch__.Decoder, source: str, shape: List[int], transposed: bool,
           rows: List[int], group: List[int]) -> Tensor:
    return self.part_of(self.sources[source], shape, transposed, rows, group)

  def part_of(self: __torch__.Decoder, source: Tensor, shape: List[int], transposed: bool,
              rows: List[int], group: List[int]) -> Tensor:
    w = source.view(shape)
    if transposed:
      w = w.t()
    if len(rows) == 2:
      w = w.narrow(0, rows[0], rows[1])
    if len(group) == 3:
      w = w.view([-1, group[2], self.head_dim] + w.size()[1:]).narrow(1, group[0], group[1])
    return w

  # The rotated rows of each head in another order: [-1, 2] turns pairs that lie side by side into halves (the first of
  # each pair, then the second of each), [2, -1] turns them back. Queries and keys
  # change alike, so that their products stay.
  def reordered(self: __torch__.Decoder, w: Tensor, sizes: List[int]) -> Tensor:
    heads = w.reshape([-1, self.head_dim] + w.size()[1:])
    rotated = heads.narrow(1, 0, self.rotary_dim).unflatten(1, sizes).transpose(1, 2).flatten(1, 2)
    rest = heads.narrow(1, self.rotary_dim, self.head_dim - self.rotary_dim)
    return torch.cat([rotated, rest], 1).flatten(0, 1)

  # Makes every weight from its sources; in training again after each update that a copy would miss. Recipes of a layer
  # follow each other, so that a packed one's plain weights are let go before the next layer's are made.
  def bind(self: __torch__.Decoder, unused: Tensor) -> Tensor:
    bound = annotate(List[Dict[str, Tensor]], [])
    for i in range(self.layers + 1):
      bound.append(annotate(Dict[str, Tensor], {}))
    device = torch.device(self.device)
    last = self.layers
    for recipe in self.recipes:
      layer, role, source, shape, transposed, rows, group, halves, plus, f32 = recipe
      if role == "head.rows" and not self.stays(role):
        continue
      if layer != last and last < self.layers:
        bound[last] = self.pack(bound[last])
        if self.packed:
          self.map_anew()
      last = layer
      w = self.part(source, shape, transposed, rows, group)
      if len(group) == 3:
        w = w.flatten(0, 2)
      if halves:
        w = self.reordered(w, [-1, 2])
      dtype = self.dtype
      if f32:
        dtype = 6
      if self.stays(role) or (self.learns and self.is_looked_up(role)):
        dtype = w.dtype
      w = w.to(device, dtype)
      if plus != 0.0:
        w = w + plus
      if role in bound[layer]:
        w = torch.cat([bound[layer][role], w], 0)
      bound[layer][role] = w.contiguous()
    if last < self.layers:
      bound[last] = self.pack(bound[last])
    rest = self.pack(self.shared(bound[self.layers]))
    self.head = self.divided(rest)
    rest.pop("head.weight")
    bound[self.layers] = rest
    self.weights = bound
    if self.packed:
      self.map_anew()
      self.look_up(rest)
      self.sources.clear()
      self.files.clear()
    return unused

  # Takes what stays in the files from their newest mapping.
  def look_up(self: __torch__.Decoder, rest: Dict[str, Tensor]) -> None:
    tied = True
    for recipe in self.recipes:
      layer, role, source, shape, transposed, rows, group, halves, plus, f32 = recipe
      if self.stays(role):
        rest[role] = self.part(source, shape, transposed, rows, group)
        tied = tied and role != "head.rows"
    if tied:
      rest["head.rows"] = rest["embedding.weight"]

  # Where rows are looked up in: on a CPU they stay in the file.
  def stays(self: __torch__.Decoder, role: str) -> bool:
    return self.packed and self.is_looked_up(role)

  # Whether single rows of it are read and no product is made with it, so that its rows keep their size.
  def is_looked_up(self: __torch__.Decoder, role: str) -> bool:
    return role == "embedding.weight" or role == "positions.weight" or role == "head.rows"

  # A tied head is the embedding; and the rows of a head are the head itself where they do not stay in the file.
  def shared(self: __torch__.Decoder, w: Dict[str, Tensor]) -> Dict[str, Tensor]:
    if "head.weight" not in w:
      w["head.weight"] = w["embedding.weight"]
    if "head.rows" not in w:
      w["head.rows"] = w["head.weight"]
    return w

  # Whether linear weights will be packed: asked for, and the processor can multiply them then.
  def can_pack(self: __torch__.Decoder) -> bool:
    if self.dtype == 15 and not ops.mkldnn._is_mkldnn_bf16_supported():
      self.packed = False
    return self.packed

  # With linear weights laid out anew, if that is asked for; for losses on a CPU only.
  def pack(self: __torch__.Decoder, w: Dict[str, Tensor]) -> Dict[str, Tensor]:
    packed = annotate(Dict[str, Tensor], {})
    for key in w.keys():
      weight = w[key]
      if self.stays(key) or key == "head.weight":
        packed[key] = weight
      elif self.packed and (weight.dim() != 2 or key == "router.weight"):
        packed[key] = weight.clone()
      elif self.packed:
        self.laid_out(packed, key, self.multiplicable(weight))
      elif weight.dim() != 2 or key == "router.weight" or self.is_looked_up(key):
        packed[key] = weight
      else:
        packed[key] = self.multiplicable(weight)
    return packed

  # As a product takes it: in the model's precision, its rows of a size that no kernel reads beyond.
  def multiplicable(self: __torch__.Decoder, weight: Tensor) -> Tensor:
    return self.widened(weight.to(self.dtype), self.wide(weight.size(1)))

  # The head in blocks of words.
  def divided(self: __torch__.Decoder, rest: Dict[str, Tensor]) -> List[Dict[str, Tensor]]:
    heads = annotate(List[Dict[str, Tensor]], [])
    for start in range(0, rest["head.weight"].size(0), self.words):
      count = min(self.words, rest["head.weight"].size(0) - start)
      w = annotate(Dict[str, Tensor], {})
      weight = rest["head.weight"]
      if count < weight.size(0):
        weight = weight.narrow(0, start, count)
      weight = self.multiplicable(weight)
      if self.packed:
        self.laid_out(w, "head.weight", weight)
      else:
        w["head.weight"] = weight
      if "head.bias" in rest:
        w["head.bias"] = rest["head.bias"].narrow(0, start, count)
      heads.append(w)
    return heads
