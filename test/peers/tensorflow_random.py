"""Numbers of tf.random -> test/fixtures/tensorflow-random.json

    $OUTSET_PYTHON_JAX test/peers/tensorflow_random.py > test/fixtures/tensorflow-random.json

Sequences are written as the SHA-256 of their bytes, little-endian.
"""

import hashlib
import json
import os
import platform

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values.numpy()).tobytes()).hexdigest()


def draws(uniform, normal, truncated_normal):
    """The six kinds of draws, each from a fresh start."""
    return {
        "uniform": digest(uniform([10001])),
        "uniformBetween": digest(uniform([1001], -0.3, 0.8)),
        "normal": digest(normal([20001])),
        "normalScaled": digest(normal([1001], 0.5, 0.1)),
        "truncatedNormal": digest(truncated_normal([20002])),
        "truncatedScaled": digest(truncated_normal([1001], 0.5, 0.1)),
        "uniform64": digest(uniform([1001], dtype=tf.float64)),
        "normal64": digest(normal([5001], dtype=tf.float64)),
        "truncatedNormal64": digest(truncated_normal([5001], dtype=tf.float64)),
    }


def stateless(pair):
    seed = tf.constant(pair, tf.int64)
    start = lambda draw: lambda shape, *args, **options: draw(shape, seed, *args, **options)
    bits = tf.random.stateless_uniform([11], seed, minval=None, maxval=None, dtype=tf.uint32)
    return {
        "seed": [str(part) for part in pair],
        "bits": bits.numpy().tolist(),
        **draws(
            start(tf.random.stateless_uniform), start(tf.random.stateless_normal), start(tf.random.stateless_truncated_normal)
        ),
    }


def generator(seed):
    start = lambda name: lambda *args, **options: getattr(tf.random.Generator.from_seed(seed, alg="philox"), name)(
        *args, **options
    )
    sequence = tf.random.Generator.from_seed(seed, alg="philox")
    return {
        "seed": str(seed),
        "bits": start("uniform_full_int")([11], dtype=tf.uint32).numpy().tolist(),
        **draws(start("uniform"), start("normal"), start("truncated_normal")),
        "sequence": [digest(sequence.normal([7])), digest(sequence.uniform([1000])), digest(sequence.truncated_normal([9]))],
    }


print(
    json.dumps(
        {
            "command": "python3 test/peers/tensorflow_random.py > test/fixtures/tensorflow-random.json",
            "versions": {"tensorflow": tf.__version__, "numpy": np.__version__, "python": platform.python_version()},
            "stateless": [stateless(pair) for pair in ([0, 0], [1, 2], [-3, 2**40], [2**63 - 1, -(2**63)])],
            "generator": [generator(seed) for seed in (0, 7, 2**40 + 1)],
        },
        indent=1,
    )
)
