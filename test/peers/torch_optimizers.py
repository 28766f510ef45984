"""Twenty updates by PyTorch's optimizers from given gradients -> test/fixtures/optimizers.json

    $OUTSET_PYTHON test/peers/torch_optimizers.py > test/fixtures/optimizers.json
"""

import json

import torch

torch.manual_seed(0)
count, updates = 19, 20
start = torch.randn(count)
gradients = torch.randn(updates, count) * torch.logspace(-4, 1, count)
gradients[:, 3] = 0
learning_rates = [0.01 * (1 + 0.1 * i) for i in range(updates)]

cases = {
    "sgd": ({"name": "sgd"}, lambda p: torch.optim.SGD(p, 1)),
    "sgd decay": ({"name": "sgd", "weightDecay": 0.1}, lambda p: torch.optim.SGD(p, 1, weight_decay=0.1)),
    "momentum": ({"name": "momentum"}, lambda p: torch.optim.SGD(p, 1, momentum=0.9)),
    "momentum decay": (
        {"name": "momentum", "momentum": 0.7, "weightDecay": 0.05},
        lambda p: torch.optim.SGD(p, 1, momentum=0.7, weight_decay=0.05),
    ),
    "nesterov": (
        {"name": "nesterov", "momentum": 0.8, "weightDecay": 0.05},
        lambda p: torch.optim.SGD(p, 1, momentum=0.8, nesterov=True, weight_decay=0.05),
    ),
    "rmsprop": ({"name": "rmsprop"}, lambda p: torch.optim.RMSprop(p, 1)),
    "rmsprop decay": (
        {"name": "rmsprop", "decay": 0.9, "epsilon": 1e-6, "weightDecay": 0.1},
        lambda p: torch.optim.RMSprop(p, 1, alpha=0.9, eps=1e-6, weight_decay=0.1),
    ),
    "adam": ({"name": "adam"}, lambda p: torch.optim.Adam(p, 1)),
    "adam decay": (
        {"name": "adam", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6, "weightDecay": 0.1},
        lambda p: torch.optim.Adam(p, 1, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    ),
    "adamw": ({"name": "adamw"}, lambda p: torch.optim.AdamW(p, 1)),
    "adamw decay": (
        {"name": "adamw", "weightDecay": 0.3},
        lambda p: torch.optim.AdamW(p, 1, weight_decay=0.3),
    ),
}


def exact(tensor):
    return [float(x) for x in tensor.flatten()]


results = []
for name, (spec, make) in cases.items():
    parameter = torch.nn.Parameter(start.clone())
    optimizer = make([parameter])
    steps = []
    for gradient, rate in zip(gradients, learning_rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        parameter.grad = gradient.clone()
        optimizer.step()
        steps.append(exact(parameter.detach()))
    results.append({"name": name, "spec": spec, "first": steps[0], "last": steps[-1]})

print(
    json.dumps(
        {
            "command": "$OUTSET_PYTHON test/peers/torch_optimizers.py > test/fixtures/optimizers.json",
            "torch": torch.__version__,
            "start": exact(start),
            "gradients": [exact(g) for g in gradients],
            "learningRates": learning_rates,
            "cases": results,
        }
    )
)
