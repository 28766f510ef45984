"""torch, eager, with the fused Adam where this version has it. Arguments: THREADS FOLDER MODEL STEPS WARMUP."""
import inspect
import json
import os
import sys
import time

threads = int(sys.argv[1])
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(threads)

import numpy as np
import torch
from torch import nn

folder, model_name, steps, warmup = sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
torch.set_num_threads(threads)
torch.set_flush_denormal(True)

with open(os.path.join(folder, "workload.json")) as file:
    workload = json.load(file)
model = next(candidate for candidate in workload["models"] if candidate["name"] == model_name)
batch = workload["batch"]


def read(name, dtype="<f4"):
    return np.fromfile(os.path.join(folder, name), dtype=dtype)


features = torch.from_numpy(read("features.f32")).reshape(workload["count"], *model["input"])
labels = torch.from_numpy(read("labels.i32", "<i4").astype(np.int64))
order = torch.from_numpy(read("order.u32", "<u4").astype(np.int64))

modules = []
for layer in model["layers"]:
    if layer["kind"] == "max-pool":
        modules.append(nn.MaxPool2d(2))
        continue
    weight, bias = read(layer["weightFile"]), read(layer["biasFile"])
    if layer["kind"] == "conv":
        module = nn.Conv2d(layer["inputs"], layer["channels"], 3, padding=1)
        weight = weight.reshape(layer["channels"], layer["inputs"], 3, 3)
    else:
        if modules and not isinstance(modules[-1], (nn.ReLU, nn.Linear)):
            modules.append(nn.Flatten())
        module = nn.Linear(layer["inputs"], layer["units"])
        weight = weight.reshape(layer["inputs"], layer["units"]).T
    with torch.no_grad():
        module.weight.copy_(torch.from_numpy(np.ascontiguousarray(weight)))
        module.bias.copy_(torch.from_numpy(bias))
    modules.append(module)
    if layer["relu"]:
        modules.append(nn.ReLU(inplace=True))
network = nn.Sequential(*modules)
criterion = nn.CrossEntropyLoss()

settings = {"lr": workload["learningRate"]}
fused = False
if "fused" in inspect.signature(torch.optim.Adam.__init__).parameters:
    try:
        optimizer = torch.optim.Adam(network.parameters(), fused=True, **settings)
        fused = True
    except RuntimeError:
        pass  # Versions before 2.4 have it for GPUs only.
if not fused:
    optimizer = torch.optim.Adam(network.parameters(), **settings)


def rate(step):
    return workload["learningRate"] * min(1, (step + 1) / workload["warmupSteps"])


losses = []
began = time.perf_counter()
for step in range(steps):
    if step == warmup:
        began = time.perf_counter()
    rows = order[step * batch : (step + 1) * batch]
    loss = criterion(network(features.index_select(0, rows)), labels.index_select(0, rows))
    optimizer.param_groups[0]["lr"] = rate(step)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    losses.append(loss.detach())
seconds = time.perf_counter() - began

version = f"torch {torch.__version__}, Adam {'fused' if fused else 'not fused'}"
print()
print(
    json.dumps(
        {
            "version": version,
            "threads": threads,
            "secondsPerStep": seconds / (steps - warmup),
            "losses": [loss.item() for loss in losses],
        }
    )
)
