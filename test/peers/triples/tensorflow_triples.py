"""TensorFlow's side of random-triples.test.ts: calls on standard input, the bytes of each result in base64 on standard output."""

import base64
import json
import sys

import numpy as np
import tensorflow as tf


def pair(seed):
    return tf.constant([int(part) for part in seed], tf.int64)


def generator(seed):
    return tf.random.Generator.from_seed(int(seed), alg="philox")


def second_normal(seed, shape):
    source = generator(seed)
    source.uniform(shape)
    return source.normal(shape)


FUNCTIONS = {
    "bits": lambda seed, shape: tf.random.stateless_uniform(shape, pair(seed), minval=None, maxval=None, dtype=tf.uint32),
    "uniform": lambda seed, shape, low, high: tf.random.stateless_uniform(shape, pair(seed), low, high),
    "normal": lambda seed, shape, mean, std: tf.random.stateless_normal(shape, pair(seed), mean, std),
    "truncated_normal": lambda seed, shape, mean, std: tf.random.stateless_truncated_normal(shape, pair(seed), mean, std),
    "normal64": lambda seed, shape: tf.random.stateless_normal(shape, pair(seed), dtype=tf.float64),
    "truncated_normal64": lambda seed, shape: tf.random.stateless_truncated_normal(shape, pair(seed), dtype=tf.float64),
    "generator_uniform": lambda seed, shape, low, high: generator(seed).uniform(shape, low, high),
    "generator_second_normal": second_normal,
}

json.dump(
    [
        base64.b64encode(np.ascontiguousarray(FUNCTIONS[name](seed, shape, *arguments).numpy()).tobytes()).decode()
        for name, seed, shape, arguments in json.load(sys.stdin)
    ],
    sys.stdout,
)
