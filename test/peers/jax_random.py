"""Numbers of jax.random on a CPU -> test/fixtures/jax-random.json

    $OUTSET_PYTHON_JAX test/peers/jax_random.py > test/fixtures/jax-random.json

Needs jax 0.5 or newer (partitionable threefry). Long sequences are written as the SHA-256 of their bytes,
little-endian; `first` is base64 of the first 1,000 values.
"""

import base64
import hashlib
import json
import platform

import jax
import numpy as np
from jax import random


def digest(values, dtype):
    return hashlib.sha256(np.ascontiguousarray(np.asarray(values), dtype=dtype).tobytes()).hexdigest()


def first(values, dtype):
    return base64.b64encode(np.ascontiguousarray(np.asarray(values)[:1000], dtype=dtype).tobytes()).decode()


def words(key):
    return np.asarray(random.key_data(key)).reshape(-1, 2).tolist()


def sequences(seed):
    key = random.key(seed)
    child = random.fold_in(key, 7)
    return {
        "seed": str(seed),
        "key": words(key)[0],
        "split": words(random.split(key, 3)),
        "foldIn": [words(random.fold_in(key, data))[0] for data in (0, 1, 7, 2**32 - 1)],
        "bits": np.asarray(random.bits(key, (4,), np.uint32)).tolist(),
        "bitsOfChild": digest(random.bits(child, (5000,), np.uint32), "<u4"),
        "uniform": digest(random.uniform(key, (50000,), np.float32), "<f4"),
        "uniformBetween": digest(random.uniform(key, (50000,), np.float32, -0.3, 0.8), "<f4"),
        "normal": first(random.normal(key, (50000,), np.float32), "<f4"),
        "truncatedNormal": first(random.truncated_normal(key, -2.0, 2.0, (50000,), np.float32), "<f4"),
        "truncatedLopsided": first(random.truncated_normal(key, -0.5, 3.0, (50000,), np.float32), "<f4"),
        "permutation": {
            str(n): digest(random.permutation(key, n), "<u4") for n in (1, 2, 10, 1000, 3000, 60000)
        },
        "uniform64": digest(random.uniform(key, (1000,), np.float64), "<f8"),
        "normal64": first(random.normal(key, (1000,), np.float64), "<f8"),
        "truncatedNormal64": first(random.truncated_normal(key, -1.5, 2.0, (1000,), np.float64), "<f8"),
    }


jax.config.update("jax_platform_name", "cpu")
jax.config.update("jax_enable_x64", True)
print(
    json.dumps(
        {
            "command": "python3 test/peers/jax_random.py > test/fixtures/jax-random.json",
            "versions": {"jax": jax.__version__, "numpy": np.__version__, "python": platform.python_version()},
            "sequences": [sequences(seed) for seed in (0, 1, 42, 2**32 + 5, 2**53 - 1)],
        },
        indent=1,
    )
)
