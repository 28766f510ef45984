"""Standard deviations of torch.nn.init and of PyTorch's layers, asked and got."""

import math

import torch
from measure import finish, row
from torch import nn
from torch.nn import init

torch.manual_seed(0)
out_in = {"kind": "dense-out-in"}
dense = (1000, 1000)
rows = []


def weight(call, apply, asked, rule, dims=dense, layout=out_in, note=""):
    w = torch.empty(dims)
    apply(w)
    rows.append(row(call, w.numpy(), asked, rule, dims, layout, note))


weight("init.normal_(w, std=0.02)", lambda w: init.normal_(w, std=0.02), 0.02, "normal(std=0.02)")
weight("init.uniform_(w, -0.1, 0.1)", lambda w: init.uniform_(w, -0.1, 0.1), 0.1 / math.sqrt(3), "uniform(low=-0.1,high=0.1)")
weight(
    "init.trunc_normal_(w, std=0.02)",
    lambda w: init.trunc_normal_(w, std=0.02),
    0.02,
    "truncated-normal(std=0.02,correct=yes)",
    note="absolute-bounds",
)
weight("init.trunc_normal_(w, std=1)", lambda w: init.trunc_normal_(w), 1, "truncated-normal(std=1,correct=yes)", note="cut-uncorrected")
weight("init.xavier_uniform_(w)", init.xavier_uniform_, math.sqrt(2 / 2000), "glorot-uniform")
weight("init.xavier_normal_(w)", init.xavier_normal_, math.sqrt(2 / 2000), "glorot-normal")
weight("init.kaiming_uniform_(w)", init.kaiming_uniform_, math.sqrt(2 / 1000), "he-uniform")
weight("init.kaiming_normal_(w)", init.kaiming_normal_, math.sqrt(2 / 1000), "he-normal")
weight("init.orthogonal_(w)", init.orthogonal_, math.sqrt(1 / 1000), "orthogonal")
weight("nn.Linear", lambda w: w.copy_(nn.Linear(1000, 1000).weight.detach()), math.sqrt(1 / 3000), "pytorch-default")
weight("nn.Embedding", lambda w: w.copy_(nn.Embedding(1000, 1000).weight.detach()), 1, "normal")

# Kernels of about a million numbers: 1024 channels, kernel 3, in 8 groups of 128.
grouped = {"kind": "conv", "axes": 2, "groups": 8}
dims = (1024, 128, 3, 3)
for times in ["fan_in", "fan_out"]:
    fan = 128 * 9
    weight(
        f"init.kaiming_normal_(w, mode='{times}'), 8 groups",
        lambda w: init.kaiming_normal_(w, mode=times),
        math.sqrt(2 / fan),
        "he-normal" if times == "fan_in" else "he-normal(mode=fanOut)",
        dims,
        grouped,
        "" if times == "fan_in" else "grouped-fan-out",
    )
depthwise = {"kind": "conv", "axes": 2, "groups": 40000}
weight(
    "init.kaiming_normal_(w, mode='fan_out'), depthwise 5x5",
    lambda w: init.kaiming_normal_(w, mode="fan_out"),
    math.sqrt(2 / 25),
    "he-normal(mode=fanOut)",
    (40000, 1, 5, 5),
    depthwise,
    "grouped-fan-out",
)
# A transposed convolution from 512 to 256 channels: a number comes from 512 x 3 x 3 products at stride 1.
weight(
    "init.kaiming_normal_(w), ConvTranspose2d(512, 256, 3)",
    init.kaiming_normal_,
    math.sqrt(2 / (512 * 9)),
    "he-normal",
    (512, 256, 3, 3),
    {"kind": "conv-transpose", "axes": 2, "groups": 1},
    "transposed-fan-in",
)

finish("PyTorch", torch.__version__, rows, {})
