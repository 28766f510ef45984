"""What PyTorch draws after torch.manual_seed, for a list of requests.

Requests as JSON on standard input, answers as JSON on standard output. A request is {"seed": 0, "draws": [draw, ...]};
all draws of one request use up one sequence. A draw:

    {"call": "uniform_", "shape": [3, 4], "args": [-1, 1], "dtype": "float32"}     a method of the tensor
    {"call": "init.xavier_uniform_", "shape": [3, 4], "kwargs": {"gain": 2}}       a function of torch.nn.init
    {"call": "randperm", "args": [10]}                                             a function of torch
    {"call": "module", "layer": {"type": "Linear", "inFeatures": 3, ...}}          the state_dict of a layer, or of layers

The answer to each is the SHA-256 of the bytes, little-endian, of every tensor of the request in turn; with "values"
in the request, the bytes themselves in base64. The input also names the compilations to run, each in a process of its
own: {"capabilities": ["avx2", "default"], "requests": [...]}.
"""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def build(layer):
    """The module of a layer as src/initializers/torch/layer.ts writes it."""
    from torch import nn

    if isinstance(layer, str):
        return getattr(nn, layer)()
    if isinstance(layer, list):
        return nn.Sequential(*[build(inner) for inner in layer])
    arguments = {}
    for key, value in layer.items():
        if key == "type":
            continue
        nested = isinstance(value, dict) and "type" in value
        arguments[snake(key)] = build(value) if nested else tuple(value) if isinstance(value, list) else value
    if layer["type"] == "Named":
        module = nn.Module()
        for name, inner in layer["layers"].items():
            setattr(module, name, build(inner))
        return module
    return getattr(nn, layer["type"])(**arguments)


def draw(request):
    import torch

    call = request["call"]
    args = request.get("args", [])
    kwargs = request.get("kwargs", {})
    dtype = getattr(torch, request.get("dtype", "float32"))
    if call == "module":
        previous = torch.get_default_dtype()
        torch.set_default_dtype(dtype)
        try:
            state = build(request["layer"]).state_dict()
        finally:
            torch.set_default_dtype(previous)
        return list(state.items())
    if "shape" not in request:
        return [("", getattr(torch, call)(*args, **kwargs))]
    tensor = torch.empty(*request["shape"], dtype=dtype)
    if call.startswith("init."):
        getattr(torch.nn.init, call[5:])(tensor, *args, **kwargs)
    else:
        getattr(tensor, call)(*args, **kwargs)
    return [("", tensor)]


def answer(request):
    import torch

    torch.manual_seed(request["seed"])
    tensors = [named for one in request["draws"] for named in draw(one)]
    data = b"".join(tensor.detach().contiguous().numpy().tobytes() for _, tensor in tensors)
    result = {"sha256": hashlib.sha256(data).hexdigest()}
    names = [[name, list(tensor.shape)] for name, tensor in tensors if name]
    if names:
        result["names"] = names
    if request.get("values"):
        result["base64"] = base64.b64encode(data).decode()
    return result


def main():
    asked = json.load(sys.stdin)
    if len(sys.argv) > 1:
        import warnings

        import torch

        warnings.simplefilter("ignore")
        torch.set_num_threads(1)
        json.dump({"torch": torch.__version__, "answers": [answer(one) for one in asked["requests"]]}, sys.stdout)
        return
    result = {}
    for capability in asked["capabilities"]:
        environment = {**os.environ, "ATEN_CPU_CAPABILITY": capability}
        command = [sys.executable, __file__, capability]
        run = subprocess.run(command, env=environment, input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=True)
        result[capability] = json.loads(run.stdout)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
