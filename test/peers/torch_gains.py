"""PyTorch's gains, and its activations with gradients and Gaussian moments -> test/fixtures/gains.json

    $OUTSET_PYTHON test/peers/torch_gains.py > test/fixtures/gains.json

The moments E[phi(z)^2] and E[phi'(z)^2] are midpoint sums over [-12, 12] of PyTorch's own activations and gradients in
double precision. Every kink lies on the edge of a cell, so that their error is about 1e-12.
"""

import json
import math
import warnings

import torch
from torch.nn import functional as F

warnings.simplefilter("ignore")
torch.set_default_dtype(torch.float64)
gain = torch.nn.init.calculate_gain

activations = {
    "linear": lambda x: x * 1,
    "relu": F.relu,
    "leaky-relu": F.leaky_relu,
    "prelu": lambda x: F.prelu(x, torch.tensor([0.25])),
    "elu": F.elu,
    "selu": F.selu,
    "celu": F.celu,
    "gelu": F.gelu,
    "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "sigmoid": torch.sigmoid,
    "hard-sigmoid": F.hardsigmoid,
    "tanh": torch.tanh,
    "hard-tanh": F.hardtanh,
    "softplus": lambda x: F.softplus(x, threshold=100),
    "softsign": F.softsign,
    "hard-swish": F.hardswish,
    "erf": torch.erf,
    "sin": torch.sin,
}
shaped = [
    ("leaky-relu", {"slope": 0.2}, lambda x: F.leaky_relu(x, 0.2)),
    ("elu", {"alpha": 0.5}, lambda x: F.elu(x, alpha=0.5)),
    ("celu", {"alpha": 0.5}, lambda x: F.celu(x, alpha=0.5)),
]
points = torch.tensor([-30.0, -8.0, -4.5, -3.0, -2.0, -1.0, -0.6, -0.05, -1e-9, 0.0, 1e-9, 0.05, 0.6, 1.0, 2.0, 3.0, 4.5, 8.0, 30.0])


def with_gradient(phi, at):
    x = at.clone().requires_grad_()
    y = phi(x)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    return y.detach(), gradient


cells = 2_400_000
width = 24 / cells
middles = -12 + (torch.arange(cells) + 0.5) * width
density = torch.exp(-middles * middles / 2) / math.sqrt(2 * math.pi) * width


def row(name, options, phi):
    value, derivative = with_gradient(phi, points)
    v, d = with_gradient(phi, middles)
    return {
        "name": name,
        "options": options,
        "value": value.tolist(),
        "derivative": derivative.tolist(),
        "valueMoment": float((v * v * density).sum()),
        "derivativeMoment": float((d * d * density).sum()),
    }


names = ["linear", *[f"conv{t}{n}d" for t in ["", "_transpose"] for n in [1, 2, 3]], "sigmoid", "tanh", "relu", "leaky_relu", "selu"]
print(
    json.dumps(
        {
            "command": "python3 test/peers/torch_gains.py > test/fixtures/gains.json",
            "torch": torch.__version__,
            "gains": [{"name": n, "gain": gain(n)} for n in names]
            + [{"name": "leaky_relu", "slope": s, "gain": gain("leaky_relu", s)} for s in [0, 0.2, 0.25, -0.5, 3, math.sqrt(5)]],
            "points": points.tolist(),
            "activations": [row(n, {}, phi) for n, phi in activations.items()] + [row(*s) for s in shaped],
        }
    )
)
