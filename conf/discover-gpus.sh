#!/usr/bin/env bash
# Tells Spark which GPUs this machine has, as spark.{worker,executor}.resource.gpu.discoveryScript asks:
# {"name": "gpu", "addresses": ["0", "1"]}. CUDA_VISIBLE_DEVICES, where it is set, restricts them.
# Without a driver it ends with exit code 1 and one line, which Spark logs.
set -euo pipefail

command -v nvidia-smi >/dev/null || { echo "discover-gpus: nvidia-smi is missing; install NVIDIA's driver" >&2; exit 1; }
indices=$(nvidia-smi --query-gpu=index --format=csv,noheader) ||
  { echo "discover-gpus: nvidia-smi fails; run it by hand" >&2; exit 1; }
addresses=()
for index in $indices; do
  [[ $index =~ ^[0-9]+$ ]] || { echo "discover-gpus: nvidia-smi prints '$index' instead of a number" >&2; exit 1; }
  visible=${CUDA_VISIBLE_DEVICES-$index}
  if [[ ",${visible// /}," == *",$index,"* ]]; then
    addresses+=("\"$index\"")
  fi
done
[ ${#addresses[@]} -gt 0 ] || { echo "discover-gpus: no GPU is visible" >&2; exit 1; }
printf '{"name": "gpu", "addresses": [%s]}\n' "$(IFS=,; echo "${addresses[*]}")"
