"""Numbers of numpy's RandomState -> test/fixtures/numpy-legacy.json

    $OUTSET_PYTHON test/peers/numpy_legacy.py > test/fixtures/numpy-legacy.json

Long sequences are written as the SHA-256 of their bytes, little-endian, and as their first doubles in base64.
"""

import base64
import hashlib
import json
import platform

import numpy as np


def digest(values, dtype):
    return hashlib.sha256(np.ascontiguousarray(values, dtype=dtype).tobytes()).hexdigest()


def first(values, count):
    return base64.b64encode(np.ascontiguousarray(values[:count], dtype="<f8").tobytes()).decode()


def sequences(seed):
    state = np.random.RandomState
    normal = state(seed).standard_normal(200001)
    lecture = state(seed).randn(784, 256)
    mixed = state(seed)
    return {
        "seed": seed,
        "words": state(seed).randint(0, 2**32, 5, dtype=np.uint32).tolist(),
        "doubles": digest(state(seed).random_sample(50000), "<f8"),
        "normals": first(normal, 1600),
        "normalsDouble": digest(normal, "<f8"),
        "normalsSingle": digest(normal, "<f4"),
        "normal": first(state(seed).normal(3.0, 0.25, 50), 50),
        "uniform": first(state(seed).uniform(-0.05, 0.05, 50), 50),
        "lectureXavier": digest(lecture / np.sqrt(784), "<f4"),
        "lectureHe": digest(lecture / np.sqrt(784 / 2), "<f4"),
        "permutation": digest(state(seed).permutation(60000), "<u4"),
        "permutationOf10": state(seed).permutation(10).tolist(),
        "randint": state(seed).randint(-5, 100, 20).tolist(),
        "randintOne": state(seed).randint(7, 8, 3).tolist(),
        "mixed": [
            *mixed.randn(3).tolist(),
            *mixed.random_sample(2).tolist(),
            *mixed.randn(2).tolist(),
            *map(float, mixed.permutation(5)),
            *mixed.uniform(1, 2, 1).tolist(),
        ],
    }


def saved_state():
    stream = np.random.RandomState(42)
    stream.randn(1001)
    name, words, position, has_normal, normal = stream.get_state()
    return {
        "seed": 42,
        "drawn": 1001,
        "words": digest(words, "<u4"),
        "position": position,
        "hasNormal": has_normal,
        "normal": normal,
        "next": stream.randn(4).tolist(),
    }


print(
    json.dumps(
        {
            "command": "python3 test/peers/numpy_legacy.py > test/fixtures/numpy-legacy.json",
            "versions": {
                "numpy": np.__version__,
                "python": platform.python_version(),
                "libc": " ".join(platform.libc_ver()),
            },
            "sequences": [sequences(seed) for seed in (0, 1, 42, 777, 2**32 - 1, [0], [1, 2, 3], list(range(700)))],
            "state": saved_state(),
        },
        indent=1,
    )
)
