"""Runs the code that the doctor shows on a model with the layers it names. Called by doctor-code.test.ts.

Standard input: {"framework", "code", "layers": [{"name", "inputs", "outputs"}]}. Standard output: for every layer the standard
deviation of its weights, the largest bias, and W W^T's distance from a multiple of the identity; and what became of x.
"""

import json
import sys

import numpy as np

asked = json.load(sys.stdin)
names = {"x": np.full((2, 2), 35.3)}
layers = asked["layers"]
if asked["framework"] == "pytorch":
    import torch

    model = torch.nn.Module()
    for one in layers:
        model.add_module(one["name"], torch.nn.Linear(one["inputs"], one["outputs"]))
    names["model"] = model
    read = lambda one: tuple(p.detach().numpy() for p in model.get_submodule(one["name"]).parameters())
elif asked["framework"] == "keras":
    import keras

    made = [keras.layers.Dense(one["outputs"], name=one["name"], bias_initializer="ones") for one in layers]
    model = keras.Sequential([keras.Input((layers[0]["inputs"],)), *made])
    names["model"] = model
    read = lambda one: tuple(np.asarray(w) for w in model.get_layer(one["name"]).get_weights())
else:
    params = {
        one["name"]: {"kernel": np.ones((one["inputs"], one["outputs"])), "bias": np.ones(one["outputs"])}
        for one in layers
    }
    names["params"] = params
    read = lambda one: tuple(np.asarray(params[one["name"]][k]) for k in ("kernel", "bias"))

exec(asked["code"], names)
answer = []
for one in layers:
    weight, bias = read(one)
    weight = weight.astype(np.float64)
    small = weight if weight.shape[0] <= weight.shape[1] else weight.T
    gram = small @ small.T
    scale = np.trace(gram) / len(gram)
    answer.append(
        {
            "std": float(weight.std()),
            "largest": float(np.abs(weight).max()),
            "bias": float(np.abs(bias).max()),
            "gain": float(np.sqrt(scale)),
            "offOrthogonal": float(np.abs(gram / max(scale, 1e-30) - np.eye(len(gram))).max()),
        }
    )
rate = None
if "optimizer" in names:
    optimizer = names["optimizer"]
    rate = optimizer.param_groups[0]["lr"] if asked["framework"] == "pytorch" else float(optimizer.learning_rate)
json.dump({"layers": answer, "x": float(np.asarray(names["x"]).reshape(-1)[0]), "rate": rate}, sys.stdout)
