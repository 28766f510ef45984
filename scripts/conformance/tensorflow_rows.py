"""Standard deviations of TensorFlow's own initializers (tf.compat.v1, as TensorFlow 1 scripts use them), asked and got."""

import math
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from measure import finish, row

v1 = tf.compat.v1
shape = (1000, 1000)
in_out = {"kind": "dense-in-out"}
rows = []
for call, initializer, asked, rule, note in [
    ("random_normal_initializer(stddev=0.05, seed=0)", v1.random_normal_initializer(stddev=0.05, seed=0), 0.05, "normal(std=0.05)", ""),
    ("truncated_normal_initializer(stddev=0.05, seed=0)", v1.truncated_normal_initializer(stddev=0.05, seed=0), 0.05, "truncated-normal(correct=yes)", "cut-uncorrected"),
    ("glorot_uniform_initializer(seed=0)", v1.glorot_uniform_initializer(seed=0), math.sqrt(2 / 2000), "glorot-uniform", ""),
    ("glorot_normal_initializer(seed=0)", v1.glorot_normal_initializer(seed=0), math.sqrt(2 / 2000), "keras-glorot-normal", ""),
    ("variance_scaling_initializer(2, seed=0)", v1.variance_scaling_initializer(2, seed=0), math.sqrt(2 / 1000), "keras-he-normal", ""),
    ("orthogonal_initializer(seed=0)", v1.orthogonal_initializer(seed=0), math.sqrt(1 / 1000), "orthogonal", ""),
]:
    rows.append(row(f"compat.v1.{call}", initializer(shape), asked, rule, shape, in_out, note))
finish("TensorFlow", tf.__version__, rows, {})
