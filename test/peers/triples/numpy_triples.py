"""NumPy's side of random-triples.test.ts: calls on standard input, the bytes of each result in base64 on standard output."""

import base64
import json
import sys

import numpy as np


def legacy(seed):
    return np.random.RandomState(seed)


def generator(seed):
    return np.random.default_rng([int(part) for part in seed] if isinstance(seed, list) else int(seed))


def count(shape):
    return int(np.prod(shape))


FUNCTIONS = {
    "legacy_random_sample": lambda seed, shape: legacy(seed).random_sample(shape),
    "legacy_uniform": lambda seed, shape, low, high: legacy(seed).uniform(low, high, shape),
    "legacy_standard_normal": lambda seed, shape: legacy(seed).standard_normal(shape),
    "legacy_normal": lambda seed, shape, mean, std: legacy(seed).normal(mean, std, shape),
    "legacy_randint": lambda seed, shape, kind, low, high: legacy(seed).randint(int(low), int(high), shape, dtype=kind),
    "legacy_permutation": lambda seed, shape: legacy(seed).permutation(count(shape)).astype(np.uint32),
    "random": lambda seed, shape: generator(seed).random(shape),
    "random_single": lambda seed, shape: generator(seed).random(shape, dtype=np.float32),
    "uniform": lambda seed, shape, low, high: generator(seed).uniform(low, high, shape),
    "standard_normal": lambda seed, shape: generator(seed).standard_normal(shape),
    "standard_normal_single": lambda seed, shape: generator(seed).standard_normal(shape, dtype=np.float32),
    "normal": lambda seed, shape, mean, std: generator(seed).normal(mean, std, shape),
    "integers": lambda seed, shape, kind, low, high: generator(seed).integers(int(low), int(high), shape, dtype=kind),
    "permutation": lambda seed, shape: generator(seed).permutation(count(shape)).astype(np.uint32),
    "spawned_standard_normal": lambda seed, shape, number: np.random.default_rng(
        generator(seed).bit_generator._seed_seq.spawn(number)[-1].spawn(2)[1]
    ).standard_normal(shape),
}

json.dump(
    [
        base64.b64encode(np.ascontiguousarray(FUNCTIONS[name](seed, shape, *arguments)).tobytes()).decode()
        for name, seed, shape, arguments in json.load(sys.stdin)
    ],
    sys.stdout,
)
