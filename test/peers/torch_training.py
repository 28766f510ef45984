"""Loss curves of small networks trained by PyTorch on all examples at once -> test/fixtures/training-curves.json

    $OUTSET_PYTHON test/peers/torch_training.py > test/fixtures/training-curves.json

The examples and first weights are in the file; weights of dense layers are stored [inputs, units], as in Outset.
"""

import json

import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)


def numbers(tensor):
    return [float("%.9g" % x) for x in tensor.detach().flatten()]


def train(name, spec, model, names, features, answers, loss, loss_name, make, optimizer_spec, rate, steps):
    parameters = dict(zip(names, model.parameters()))
    start = {
        key: numbers(value.t() if value.ndim == 2 else value) for key, value in parameters.items()
    }
    optimizer = make(model.parameters())
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        value = loss(model(features), answers)
        losses.append(float(value))
        value.backward()
        optimizer.step()
    return {
        "name": name,
        "network": spec,
        "loss": loss_name,
        "optimizer": optimizer_spec,
        "learningRate": rate,
        "start": start,
        "features": numbers(features),
        "answers": numbers(answers) if answers.is_floating_point() else answers.tolist(),
        "losses": losses,
        "runningMeans": [numbers(b) for n, b in model.named_buffers() if n.endswith("running_mean")],
    }



x = torch.randn(40, 2)
labels = (x[:, 0] * x[:, 1] > 0).long()
mlp = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 2))
curves = [
    train(
        "multilayer perceptron, Adam",
        {
            "input": [2],
            "layers": [
                {"type": "dense", "units": 8, "activation": "tanh"},
                {"type": "dense", "units": 6, "activation": "relu"},
                {"type": "dense", "units": 2},
            ],
        },
        mlp,
        ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias", "dense3.weight", "dense3.bias"],
        x,
        labels,
        nn.CrossEntropyLoss(),
        "softmax-cross-entropy",
        lambda p: torch.optim.Adam(p, 0.02),
        {"name": "adam"},
        0.02,
        60,
    )
]

images = torch.relu(torch.randn(12, 1, 6, 6))
classes = torch.arange(12) % 3
cnn = nn.Sequential(
    nn.Conv2d(1, 3, 3, padding=1),
    nn.BatchNorm2d(3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(27, 3),
)
curves.append(
    train(
        "convolution with batch normalization, Nesterov",
        {
            "input": [1, 6, 6],
            "layers": [
                {"type": "conv", "channels": 3},
                {"type": "batch-norm", "name": "norm"},
                {"type": "activation", "activation": "relu"},
                {"type": "max-pool"},
                {"type": "flatten"},
                {"type": "dense", "units": 3},
            ],
        },
        cnn,
        ["conv1.weight", "conv1.bias", "norm.scale", "norm.shift", "dense1.weight", "dense1.bias"],
        images,
        classes,
        nn.CrossEntropyLoss(),
        "softmax-cross-entropy",
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
        {"name": "nesterov", "momentum": 0.9, "weightDecay": 0.01},
        0.05,
        40,
    )
)

y = torch.stack([torch.sin(2 * x[:, 0]), x[:, 0] * x[:, 1]], 1)
regression = nn.Sequential(nn.Linear(2, 10), nn.SiLU(), nn.LayerNorm(10), nn.Linear(10, 2))
curves.append(
    train(
        "regression with layer normalization, RMSProp",
        {
            "input": [2],
            "layers": [
                {"type": "dense", "units": 10, "activation": "silu"},
                {"type": "layer-norm", "name": "norm"},
                {"type": "dense", "units": 2},
            ],
        },
        regression,
        ["dense1.weight", "dense1.bias", "norm.scale", "norm.shift", "dense2.weight", "dense2.bias"],
        x,
        y,
        nn.MSELoss(),
        "mean-squared-error",
        lambda p: torch.optim.RMSprop(p, 0.005),
        {"name": "rmsprop"},
        0.005,
        60,
    )
)

print(
    json.dumps(
        {
            "command": "$OUTSET_PYTHON test/peers/torch_training.py > test/fixtures/training-curves.json",
            "torch": torch.__version__,
            "curves": curves,
        }
    )
)
