"""JAX's side of random-triples.test.ts: calls on standard input, the bytes of each result in base64 on standard output."""

import base64
import json
import math
import sys

import jax
import numpy as np
from jax import random

FUNCTIONS = {
    "bits": lambda key, shape: random.bits(key, shape, np.uint32),
    "uniform": lambda key, shape, low, high: random.uniform(key, shape, np.float32, np.float32(low), np.float32(high)),
    "uniform64": lambda key, shape: random.uniform(key, shape, np.float64),
    "normal": lambda key, shape: random.normal(key, shape, np.float32),
    "normal64": lambda key, shape: random.normal(key, shape, np.float64),
    "truncated_normal": lambda key, shape, lower, upper: random.truncated_normal(
        key, np.float32(lower), np.float32(upper), shape, np.float32
    ),
    "permutation": lambda key, shape: np.asarray(random.permutation(key, math.prod(shape))).astype(np.uint32),
    "randint": lambda key, shape, kind, low, high: random.randint(
        key, shape, np.int64(low), np.int64(high), np.dtype(kind)
    ),
    "split": lambda key, shape, count: random.key_data(random.split(key, count)),
    "fold_in": lambda key, shape, data: random.key_data(random.fold_in(key, data)),
}

jax.config.update("jax_enable_x64", True)


def call(name, seed, shape, partitionable, arguments):
    with jax.threefry_partitionable(partitionable):
        return np.ascontiguousarray(FUNCTIONS[name](random.key(int(seed)), shape, *arguments)).tobytes()


json.dump(
    [
        base64.b64encode(call(name, seed, shape, partitionable, arguments)).decode()
        for name, seed, shape, (partitionable, *arguments) in json.load(sys.stdin)
    ],
    sys.stdout,
)
