"""Standard deviations of jax.nn.initializers and of Flax's layers, asked and got."""

import math

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
from jax.nn import initializers as init
from measure import finish, row

key = jax.random.key(0)
shape = (1000, 1000)
in_out = {"kind": "dense-in-out"}
rows = []


def add(call, initializer, asked, rule, note=""):
    rows.append(row(call, initializer(key, shape), asked, rule, shape, in_out, note))


add("normal(0.01)", init.normal(0.01), 0.01, "normal(std=0.01)")
add("truncated_normal(0.01)", init.truncated_normal(0.01), 0.01, "truncated-normal(std=0.01,correct=yes)", "cut-uncorrected")
for distribution, ours in [("truncated_normal", "truncatedNormal"), ("normal", "normal"), ("uniform", "uniform")]:
    add(
        f"variance_scaling(1, 'fan_in', '{distribution}')",
        init.variance_scaling(1, "fan_in", distribution),
        math.sqrt(1 / 1000),
        f"variance-scaling(distribution={ours})",
    )
for name, variance, rule in [
    ("glorot_uniform", 2 / 2000, "glorot-uniform"),
    ("glorot_normal", 2 / 2000, "keras-glorot-normal"),
    ("he_uniform", 2 / 1000, "he-uniform"),
    ("he_normal", 2 / 1000, "keras-he-normal"),
    ("lecun_uniform", 1 / 1000, "lecun-uniform"),
    ("lecun_normal", 1 / 1000, "keras-lecun-normal"),
    ("orthogonal", 1 / 1000, "orthogonal"),
]:
    add(f"{name}()", getattr(init, name)(), math.sqrt(variance), rule)

values = nn.Dense(1000).init(key, jnp.zeros((1, 1000)))["params"]["kernel"]
rows.append(row("flax Dense(1000)", values, math.sqrt(1 / 1000), "flax-default", shape, in_out))
conv = nn.Conv(1024, (3, 3), feature_group_count=8, kernel_init=init.variance_scaling(2, "fan_out", "normal"))
values = conv.init(key, jnp.zeros((1, 4, 4, 1024)))["params"]["kernel"]
rows.append(
    row(
        "flax Conv, 8 groups, variance_scaling(2, 'fan_out', 'normal')",
        values,
        math.sqrt(2 / (128 * 9)),
        "he-normal(mode=fanOut)",
        (1024, 128, 3, 3),
        {"kind": "conv", "axes": 2, "groups": 8},
        "grouped-fan-out",
    )
)
finish("JAX, Flax", f"{jax.__version__}, {flax.__version__}", rows, {})
