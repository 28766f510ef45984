"""Standard deviations of Keras's initializers and layers, asked and got. KERAS_BACKEND chooses the backend."""

import math

import keras
import numpy as np
from keras import initializers as init
from measure import finish, row

shape = (1000, 1000)
in_out = {"kind": "dense-in-out"}
rows = []


def add(call, initializer, asked, rule, dims=shape, layout=in_out, note=""):
    rows.append(row(call, initializer(dims), asked, rule, dims, layout, note))


add("RandomNormal(stddev=0.05, seed=0)", init.RandomNormal(stddev=0.05, seed=0), 0.05, "normal(std=0.05)")
add("RandomUniform(seed=0)", init.RandomUniform(seed=0), 0.05 / math.sqrt(3), "uniform")
add("TruncatedNormal(stddev=0.05, seed=0)", init.TruncatedNormal(stddev=0.05, seed=0), 0.05, "truncated-normal(correct=yes)", note="cut-uncorrected")
for distribution, ours in [("truncated_normal", "truncatedNormal"), ("untruncated_normal", "normal"), ("uniform", "uniform")]:
    add(
        f"VarianceScaling(1, 'fan_in', '{distribution}', seed=0)",
        init.VarianceScaling(1, "fan_in", distribution, seed=0),
        math.sqrt(1 / 1000),
        f"variance-scaling(distribution={ours})",
    )
for name, variance, rule in [
    ("GlorotUniform", 2 / 2000, "glorot-uniform"),
    ("GlorotNormal", 2 / 2000, "keras-glorot-normal"),
    ("HeUniform", 2 / 1000, "he-uniform"),
    ("HeNormal", 2 / 1000, "keras-he-normal"),
    ("LecunUniform", 1 / 1000, "lecun-uniform"),
    ("LecunNormal", 1 / 1000, "keras-lecun-normal"),
    ("Orthogonal", 1 / 1000, "orthogonal"),
]:
    add(f"{name}(seed=0)", getattr(init, name)(seed=0), math.sqrt(variance), rule)

# Depthwise: a kernel [5, 5, channels, 1] whose outputs each see 25 numbers.
layer = keras.layers.DepthwiseConv2D(5, depthwise_initializer=init.HeNormal(seed=0))
layer.build((None, 32, 32, 40000))
rows.append(
    row(
        "DepthwiseConv2D(5, depthwise_initializer=HeNormal(seed=0))",
        layer.kernel,
        math.sqrt(2 / 25),
        "keras-he-normal",
        (40000, 1, 5, 5),
        {"kind": "conv", "axes": 2, "groups": 40000},
        "depthwise-fan-in",
    )
)

shared = init.GlorotUniform()
first, second = keras.layers.Dense(50, kernel_initializer=shared), keras.layers.Dense(50, kernel_initializer=shared)
first.build((None, 50))
second.build((None, 50))
facts = {
    "sharedInstanceEqual": bool(np.array_equal(np.asarray(first.kernel), np.asarray(second.kernel))),
    "backend": keras.config.backend(),
}
finish("Keras", keras.__version__, rows, facts)
