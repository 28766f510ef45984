"""Writes test/fixtures/networks/{forward,losses}.json: small networks and losses computed by PyTorch.

    python3 test/peers/torch_networks.py

Parameters carry our names and layouts: a dense weight is [in, out], i.e. torch's transposed.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

OUT = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "networks"
HEAD = {"command": "python3 test/peers/torch_networks.py", "torch": torch.__version__}
generator = torch.Generator().manual_seed(20)


def draw(*dims, scale=0.5, low=None):
    values = torch.randn(*dims, generator=generator) * scale
    return values if low is None else values.abs() + low


def packed(tensor):
    # 9 significant digits are enough to give a float32 back.
    numbers = [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]
    return {"dims": list(tensor.shape), "data": numbers}


def learn(*tensors):
    """Marks drawn tensors as parameters, so that their gradients are written too."""
    return [tensor.requires_grad_() for tensor in tensors]


cases = []


def case(name, mode, spec, features, parameters, outputs, buffers=None, updated=None):
    # Gradients of sum(outputs * cos(0, 1, 2, ...)).
    factors = torch.cos(torch.arange(outputs.numel(), dtype=torch.float64)).float().reshape(outputs.shape)
    gradients = {}
    if parameters:
        found = torch.autograd.grad((outputs * factors).sum(), list(parameters.values()))
        gradients = {key: packed(value) for key, value in zip(parameters, found)}
    cases.append(
        {
            "name": name,
            "mode": mode,
            "spec": spec,
            "features": packed(features),
            "parameters": {key: packed(value) for key, value in parameters.items()},
            "buffers": {key: packed(value) for key, value in (buffers or {}).items()},
            "outputs": packed(outputs),
            "gradients": gradients,
            "updated": {key: packed(value) for key, value in (updated or {}).items()},
        }
    )


def dense_case():
    x = draw(4, 2, 3)
    w1, b1, w2 = learn(draw(6, 5), draw(5), draw(5, 3))
    y = torch.tanh(x.flatten(1) @ w1 + b1) @ w2
    spec = {
        "input": [2, 3],
        "layers": [
            {"type": "dense", "units": 5, "activation": "tanh"},
            {"type": "dense", "units": 3, "bias": False},
        ],
    }
    case("dense", "inference", spec, x, {"dense1.weight": w1, "dense1.bias": b1, "dense2.weight": w2}, y)


def conv_case():
    x = draw(2, 4, 7, 6)
    w1, b1 = learn(draw(6, 2, 3, 3), draw(6))
    w2, b2 = learn(draw(4, 6, 2, 3), draw(4))
    (b3,) = learn(draw(3))
    # 'same' with stride 2: 7 -> 4 rows (pads 1, 1), 6 -> 3 columns (pads 0, 1).
    a = F.relu(F.conv2d(F.pad(x, (0, 1, 1, 1)), w1, b1, stride=2, groups=2))
    a = F.max_pool2d(a, 2, stride=1)
    a = F.conv2d(a, w2, b2, padding=1)
    a = F.avg_pool2d(a, 2, stride=2, padding=1)
    (w3,) = learn(draw(a.flatten(1).shape[1], 3))
    y = a.flatten(1) @ w3 + b3
    spec = {
        "input": [4, 7, 6],
        "layers": [
            {"type": "conv", "channels": 6, "groups": 2, "stride": 2, "activation": "relu"},
            {"type": "max-pool", "size": 2, "stride": 1},
            {"type": "conv", "channels": 4, "kernel": [2, 3], "padding": 1},
            {"type": "average-pool", "size": 2, "padding": 1},
            {"type": "flatten"},
            {"type": "dense", "units": 3},
        ],
    }
    parameters = {
        "conv1.weight": w1,
        "conv1.bias": b1,
        "conv2.weight": w2,
        "conv2.bias": b2,
        "dense1.weight": w3,
        "dense1.bias": b3,
    }
    case("conv", "inference", spec, x, parameters, y)


def dilated_case():
    x = draw(2, 3, 8, 8)
    w, b = learn(draw(5, 3, 3, 3), draw(5))
    y = F.conv2d(x, w, b, dilation=2, padding=2, stride=1).mean((2, 3))
    spec = {
        "input": [3, 8, 8],
        "layers": [{"type": "conv", "channels": 5, "dilation": 2}, {"type": "global-average-pool"}],
    }
    case("dilated conv, global average pool", "inference", spec, x, {"conv1.weight": w, "conv1.bias": b}, y)


def batch_norm_cases():
    for shape in [(6, 5), (3, 4, 3, 2)]:
        x = draw(*shape, scale=2.0) + 0.7
        channels = shape[1]
        for mode in ["training", "inference"]:
            module = torch.nn.BatchNorm1d(channels) if len(shape) == 2 else torch.nn.BatchNorm2d(channels)
            module.eps, module.momentum = 1e-3, 0.2
            with torch.no_grad():
                module.weight.copy_(draw(channels) + 1)
                module.bias.copy_(draw(channels))
                module.running_mean.copy_(draw(channels))
                module.running_var.copy_(draw(channels, low=0.5))
            parameters = {"batch-norm1.scale": module.weight, "batch-norm1.shift": module.bias}
            buffers = {
                "batch-norm1.running-mean": module.running_mean.clone(),
                "batch-norm1.running-variance": module.running_var.clone(),
            }
            module.train(mode == "training")
            y = module(x)
            updated = {}
            if mode == "training":
                updated = {
                    "batch-norm1.running-mean": module.running_mean,
                    "batch-norm1.running-variance": module.running_var,
                }
            layers = [{"type": "batch-norm", "epsilon": 1e-3, "momentum": 0.8}]
            spec = {"input": list(shape[1:]), "layers": layers}
            case(f"batch-norm {len(shape)}-d {mode}", mode, spec, x, parameters, y, buffers, updated)


def norm_cases():
    x = draw(2, 6, 3, 2, scale=3.0) + 1
    s, t = learn(draw(6) + 1, draw(6))
    parameters = {"group-norm1.scale": s, "group-norm1.shift": t}
    spec = {"input": [6, 3, 2], "layers": [{"type": "group-norm", "groups": 3}]}
    case("group-norm image", "inference", spec, x, parameters, F.group_norm(x, 3, s, t))
    x = draw(3, 6, scale=3.0) + 1
    spec = {"input": [6], "layers": [{"type": "group-norm", "groups": 2}]}
    case("group-norm features", "inference", spec, x, parameters, F.group_norm(x, 2, s, t))
    for shape in [(3, 7), (2, 3, 2, 2)]:
        x = draw(*shape, scale=2.0) - 1
        s, t = learn(draw(*shape[1:]) + 1, draw(*shape[1:]))
        spec = {"input": list(shape[1:]), "layers": [{"type": "layer-norm", "epsilon": 1e-4}]}
        parameters = {"layer-norm1.scale": s, "layer-norm1.shift": t}
        case(f"layer-norm {len(shape)}-d", "inference", spec, x, parameters, F.layer_norm(x, shape[1:], s, t, 1e-4))


def residual_cases():
    x = draw(3, 4)
    w, b, p, w2 = learn(draw(4, 6), draw(6), draw(4, 6), draw(6, 6))
    y = x @ p + 0.5 * torch.tanh(x @ w + b)
    y = y + torch.relu(y @ w2)
    spec = {
        "input": [4],
        "layers": [
            {"type": "residual", "scale": 0.5, "layers": [{"type": "dense", "units": 6, "activation": "tanh"}]},
            {"type": "residual", "layers": [{"type": "dense", "units": 6, "activation": "relu", "bias": False}]},
        ],
    }
    parameters = {"dense1.weight": w, "dense1.bias": b, "residual1.projection.weight": p, "dense2.weight": w2}
    case("residual dense", "inference", spec, x, parameters, y)
    x = draw(2, 2, 5, 4)
    w, b, p = learn(draw(3, 2, 3, 3), draw(3), draw(3, 2, 1, 1))
    # 'same' with stride 2: 5 -> 3 rows (pads 1, 1), 4 -> 2 columns (pads 0, 1).
    inner = F.relu(F.conv2d(F.pad(x, (0, 1, 1, 1)), w, b, stride=2))
    y = F.conv2d(x, p, stride=2) + inner
    layers = [{"type": "conv", "channels": 3, "stride": 2, "activation": "relu"}]
    spec = {"input": [2, 5, 4], "layers": [{"type": "residual", "layers": layers}]}
    parameters = {"conv1.weight": w, "conv1.bias": b, "residual1.projection.weight": p}
    case("residual conv with strided projection", "inference", spec, x, parameters, y)


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": F.relu,
    "leaky-relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "celu": F.celu,
    "gelu": F.gelu,
    # Written out: torch 1.13's approximate='tanh' is this formula.
    "gelu-tanh": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "silu": F.silu,
    "mish": F.mish,
    "sigmoid": torch.sigmoid,
    "hard-sigmoid": F.hardsigmoid,
    "tanh": torch.tanh,
    "hard-tanh": F.hardtanh,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "hard-swish": F.hardswish,
    "erf": torch.erf,
    "sin": torch.sin,
}


def activation_cases():
    x = torch.tensor([[-30.0, -4, -2.5, -1, -0.3, 0, 0.2, 1, 2.9, 3.5, 30]])
    for name, function in ACTIVATIONS.items():
        spec = {"input": [11], "layers": [{"type": "activation", "activation": name}]}
        case(f"activation {name}", "inference", spec, x, {}, function(x))


def losses():
    result = []

    def add(loss, logits, answer, against, value, smoothing=0):
        logits.requires_grad_()
        scalar = value(logits)
        scalar.backward()
        result.append(
            {
                "loss": loss,
                "against": against,
                "logits": packed(logits),
                "answer": packed(answer),
                "smoothing": smoothing,
                "value": scalar.item(),
                "gradient": packed(logits.grad),
            }
        )

    rows = torch.tensor(
        [[0.0, 0, 0], [1, 2, 3], [1e4, -1e4, 0], [-1e4, 1e4, 0], [1e-4, -50, 50], [88.9, 90, -104], [-3e38, 0, 3e37]]
    )
    labels = torch.tensor([2, 0, 0, 1, 2, 0, 1], dtype=torch.int32)
    add("softmax-cross-entropy", rows.clone(), labels, "labels", lambda z: F.cross_entropy(z, labels.long()))
    wrong = torch.tensor([1, 1, 1, 0, 0, 2, 0], dtype=torch.int32)
    add("softmax-cross-entropy", rows[:6].clone(), wrong[:6], "labels", lambda z: F.cross_entropy(z, wrong[:6].long()))
    soft = torch.softmax(draw(7, 3), 1)
    add("softmax-cross-entropy", draw(7, 3), soft, "targets", lambda z: F.cross_entropy(z, soft))
    wanted = draw(4, 3)
    add("mean-squared-error", draw(4, 3, scale=3), wanted, "targets", lambda z: F.mse_loss(z, wanted))
    hot = F.one_hot(labels.long(), 3).float()
    add("mean-squared-error", draw(7, 3), labels, "labels", lambda z: F.mse_loss(z, hot))
    column = torch.tensor([[0.0], [0], [30], [-30], [1e4], [-1e4], [0.5]])
    bits = torch.tensor([0, 1, 1, 0, 1, 0, 0], dtype=torch.int32)
    as_float = bits.float()[:, None]
    bce = F.binary_cross_entropy_with_logits
    add("binary-cross-entropy", column.clone(), bits, "labels", lambda z: bce(z, as_float))
    add("binary-cross-entropy", -column, bits, "labels", lambda z: bce(z, as_float))
    share = torch.sigmoid(draw(4, 3))
    add("binary-cross-entropy", draw(4, 3, scale=4), share, "targets", lambda z: bce(z, share))
    for smoothing in (0.1, 0.5):

        def smooth(z, answer):
            return F.cross_entropy(z, answer, label_smoothing=smoothing)

        add("softmax-cross-entropy", draw(7, 3, scale=3), labels, "labels", lambda z: smooth(z, labels.long()), smoothing)
        add("softmax-cross-entropy", draw(7, 3), soft, "targets", lambda z: smooth(z, soft), smoothing)
    return result


dense_case()
conv_case()
dilated_case()
batch_norm_cases()
norm_cases()
residual_cases()
activation_cases()
OUT.mkdir(parents=True, exist_ok=True)
(OUT / "forward.json").write_text(json.dumps({**HEAD, "cases": cases}) + "\n")
(OUT / "losses.json").write_text(json.dumps({**HEAD, "cases": losses()}) + "\n")
print(len(cases), "networks")
