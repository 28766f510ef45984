"""jax.random in both modes of its Threefry, and the parameters that Flax draws -> test/fixtures/jax-modes.json

    $OUTSET_PYTHON_JAX test/peers/jax_modes.py > test/fixtures/jax-modes.json

Sequences are written as the SHA-256 of their bytes, little-endian.
"""

import hashlib
import json
import platform

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import random

MODES = {"partitionable": True, "original": False}


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(np.asarray(values)).tobytes()).hexdigest()


def draws(seed):
    key = random.key(seed)
    return {
        "seed": seed,
        "split": np.asarray(random.key_data(random.split(key, 3))).tolist(),
        "foldIn": np.asarray(random.key_data(random.fold_in(key, 7))).tolist(),
        "bits": {str(n): digest(random.bits(key, (n,), np.uint32)) for n in (1, 2, 5, 1000)},
        "uniform": digest(random.uniform(key, (1001,), np.float32, -0.3, 0.8)),
        "normal": digest(random.normal(key, (20000,), np.float32)),
        "truncatedNormal": digest(random.truncated_normal(key, -2.0, 2.0, (20001,), np.float32)),
        "permutation": {str(n): digest(random.permutation(key, n).astype(np.uint32)) for n in (1, 10, 3000)},
        "randint": {
            kind: digest(random.randint(key, (300,), low, high, np.dtype(kind)))
            for kind, low, high in (
                ("int8", -128, 128),
                ("uint16", 3, 60000),
                ("int32", -2_000_000_000, 2_000_000_000),
                ("uint32", 0, 10),
            )
        },
    }


class Block(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(4)(nn.relu(nn.Dense(6)(x)))


class Network(nn.Module):
    """The default parameters of Conv and Dense: lecun_normal kernels, zero biases."""

    @nn.compact
    def __call__(self, x):
        x = nn.Conv(8, (3, 3))(x)
        x = nn.Conv(4, (2, 2), feature_group_count=2)(x)
        x = x.reshape((x.shape[0], -1))
        return nn.Dense(3, name="head")(Block()(nn.Dense(7)(x)))


def linen():
    parameters = Network().init(random.key(7), jnp.zeros((1, 6, 6, 3)))["params"]
    return {
        "/".join(part.key for part in path): {"dims": list(value.shape), "digest": digest(value)}
        for path, value in jax.tree_util.tree_flatten_with_path(parameters)[0]
    }


def nnx_layers():
    rngs = nnx.Rngs(7)
    layers = [nnx.Linear(5, 6, rngs=rngs), nnx.Conv(3, 4, (3, 3), rngs=rngs)]
    return [
        {"dims": list(layer.kernel[...].shape), "kernel": digest(layer.kernel[...]), "bias": digest(layer.bias[...])}
        for layer in layers
    ]


def in_mode(partitionable):
    with jax.threefry_partitionable(partitionable):
        return {"draws": [draws(seed) for seed in (0, 42)], "linen": linen(), "nnx": nnx_layers()}


print(
    json.dumps(
        {
            "command": "python3 test/peers/jax_modes.py > test/fixtures/jax-modes.json",
            "versions": {
                "jax": jax.__version__,
                "flax": flax.__version__,
                "numpy": np.__version__,
                "python": platform.python_version(),
            },
            **{name: in_mode(partitionable) for name, partitionable in MODES.items()},
        },
        indent=1,
    )
)
