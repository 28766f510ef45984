"""Models as PyTorch and ONNX write them, small.

    $OUTSET_PYTHON test/peers/model_files.py test/fixtures/models

Needs torch, onnx and safetensors.
"""

import json
import pathlib
import sys
import warnings

import numpy
import onnx
import safetensors
import torch
from onnx import TensorProto, helper
from onnx.external_data_helper import convert_model_to_external_data
from safetensors.torch import save_file
from torch import nn

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
torch.manual_seed(0)


class Convolutions(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.dw = nn.Conv2d(8, 8, 3, groups=8, padding=1)
        self.up = nn.ConvTranspose2d(8, 6, 2, stride=2)
        self.fc = nn.Linear(6, 5)
        self.out = nn.Linear(5, 2)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.tanh(self.dw(x))
        x = self.up(x).mean((2, 3))
        return self.out(torch.sigmoid(self.fc(x)))


class Sequences(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(11, 6)
        self.lstm = nn.LSTM(6, 4, num_layers=2, bidirectional=True, batch_first=True)
        self.ln = nn.LayerNorm(8)
        self.att = nn.MultiheadAttention(8, 2, batch_first=True)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        y, _ = self.lstm(self.emb(x))
        y = self.ln(y)
        y, _ = self.att(y, y, y)
        return self.head(y)


def export(name, model, example):
    save_file(model.state_dict(), folder / f"{name}.safetensors", metadata={"format": "pt"})
    torch.onnx.export(
        model,
        (example,),
        folder / f"{name}.onnx",
        dynamo=False,
        input_names=["x"],
        dynamic_axes={"x": {0: "batch"}},
        training=torch.onnx.TrainingMode.TRAINING,
        do_constant_folding=False,
    )


export("convolutions", Convolutions(), torch.randn(2, 3, 8, 8))
export("sequences", Sequences(), torch.randint(0, 11, (2, 5)))

half = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 2))
save_file({k: v.to(torch.bfloat16) for k, v in half.state_dict().items()}, folder / "bfloat16.safetensors")
save_file({k: v.to(torch.float16) for k, v in half.state_dict().items()}, folder / "float16.safetensors")
numpy.savez_compressed(folder / "sequential.npz", **{k: v.numpy() for k, v in half.state_dict().items()})

# GPT-2 stores its dense weights [in, out] under PyTorch's names.
save_file(
    {
        "wte.weight": torch.randn(11, 6),
        "wpe.weight": torch.randn(7, 6),
        "h.0.attn.c_attn.weight": torch.randn(6, 18),
        "h.0.attn.c_attn.bias": torch.zeros(18),
        "h.0.attn.c_proj.weight": torch.randn(6, 6),
        "h.0.attn.c_proj.bias": torch.zeros(6),
        "h.0.ln_1.weight": torch.ones(6),
        "h.0.ln_1.bias": torch.zeros(6),
    },
    folder / "gpt2.safetensors",
)

# An LSTM in ONNX's own form, a product with a transposed weight, half precision, data outside the file.
rng = numpy.random.RandomState(0)
weights = {
    "W": rng.randn(1, 16, 3).astype(numpy.float32),
    "R": rng.randn(1, 16, 4).astype(numpy.float32),
    "B": rng.randn(1, 32).astype(numpy.float32),
    "D": rng.randn(5, 4).astype(numpy.float32),
    "b": rng.randn(5).astype(numpy.float32),
    "H": rng.randn(5, 2).astype(numpy.float16),
}
nodes = [
    helper.make_node("LSTM", ["x", "W", "R", "B"], ["", "h"], hidden_size=4),
    helper.make_node("Transpose", ["D"], ["Dt"], perm=[1, 0]),
    helper.make_node("MatMul", ["h", "Dt"], ["y"]),
    helper.make_node("Add", ["y", "b"], ["z"]),
    helper.make_node("Tanh", ["z"], ["t"]),
    helper.make_node("Cast", ["t"], ["t16"], to=TensorProto.FLOAT16),
    helper.make_node("MatMul", ["t16", "H"], ["out"]),
]
graph = helper.make_graph(
    nodes,
    "recurrent",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["time", "batch", 3])],
    [helper.make_tensor_value_info("out", TensorProto.FLOAT16, [1, "batch", 2])],
    [onnx.numpy_helper.from_array(value, name) for name, value in weights.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
onnx.checker.check_model(model)
onnx.save(model, folder / "recurrent.onnx")
convert_model_to_external_data(model, all_tensors_to_one_file=True, location="external.bin", size_threshold=0)
onnx.save(model, folder / "external.onnx")

versions = {m.__name__: m.__version__ for m in (torch, onnx, numpy, safetensors)}
(folder / "versions.json").write_text(json.dumps({"by": "test/peers/model_files.py", **versions}, indent=1) + "\n")
