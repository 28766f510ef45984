"""Networks for the doctor as PyTorch exports them, tiny, and what they give for one batch in evaluation mode.

    $OUTSET_PYTHON test/peers/doctor_models.py test/fixtures/doctor

Needs torch and onnx.
"""

import json
import pathlib
import sys
import warnings

import onnx
import torch
from torch import nn

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
torch.manual_seed(0)
results = {}


class Block(nn.Module):
    """BasicBlock of ResNet."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = Block(4, 4, 1)
        self.layer2 = Block(4, 6, 2)
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = self.layer2(self.layer1(x))
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


class Encoder(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.embed = nn.Embedding(13, 8) if tokens else nn.Linear(3, 8)
        self.position = nn.Parameter(torch.randn(1, 6, 8) * 0.1)
        layer = nn.TransformerEncoderLayer(8, 2, 16, 0.1, "gelu", batch_first=True, norm_first=not tokens)
        self.encoder = nn.TransformerEncoder(layer, 1, enable_nested_tensor=False)
        self.head = nn.Linear(8, 4)

    def forward(self, x):
        return self.head(self.encoder(self.embed(x) + self.position).mean(1))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True)
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        y, _ = self.lstm(x)
        return self.fc(y[:, -1])


def save(name, model, example, training=False, dynamic=True, opset=17, names=("input",)):
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
    mode = torch.onnx.TrainingMode.TRAINING if training else torch.onnx.TrainingMode.EVAL
    file = folder / f"{name}.onnx"
    torch.onnx.export(
        model,
        (example,),
        file,
        dynamo=False,
        opset_version=opset,
        input_names=list(names),
        output_names=["output"],
        training=mode,
        do_constant_folding=not training,
        dynamic_axes={names[0]: {0: "batch"}, "output": {0: "batch"}} if dynamic else None,
    )
    stored = onnx.load(file)
    stored.ClearField("doc_string")
    for node in stored.graph.node:
        node.ClearField("doc_string")
    onnx.save(stored, file)
    model.eval()
    with torch.no_grad():
        output = model(example)
    results[name] = {
        "input": example.flatten().tolist(),
        "dims": list(example.shape),
        "output": output.flatten().tolist(),
        "outputDims": list(output.shape),
    }


def seq(*layers):
    return nn.Sequential(*layers)


save("mlp", seq(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 4), nn.GELU(), nn.Linear(4, 3)), torch.randn(3, 6))
save(
    "mlp-softmax-fixed",
    seq(nn.Flatten(), nn.Linear(6, 5), nn.LayerNorm(5), nn.SiLU(), nn.Linear(5, 3), nn.Softmax(-1)),
    torch.randn(1, 2, 3),
    dynamic=False,
    opset=13,
)
save(
    "activations",
    seq(
        nn.Linear(4, 4), nn.Hardswish(), nn.Linear(4, 4), nn.GELU("tanh"), nn.Linear(4, 4), nn.Mish(),
        nn.Linear(4, 4), nn.ReLU6(), nn.Linear(4, 4), nn.LeakyReLU(0.2), nn.Linear(4, 4), nn.Softplus(),
        nn.Linear(4, 4), nn.Hardtanh(), nn.Linear(4, 4), nn.ELU(), nn.Linear(4, 4), nn.Softsign(),
        nn.Linear(4, 4), nn.PReLU(), nn.Linear(4, 1, bias=False), nn.Sigmoid(),
    ),
    torch.randn(3, 4),
)  # fmt: skip
conv = seq(
    nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(4, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.AvgPool2d(2),
    nn.Flatten(), nn.Dropout(0.5), nn.Linear(24, 3),
)  # fmt: skip
save("cnn", conv, torch.randn(2, 1, 8, 8))
save("cnn-training", conv, torch.randn(2, 1, 8, 8), training=True)
save("resnet", ResNet(), torch.randn(2, 3, 8, 8), training=True)
save(
    "separable",
    seq(
        nn.Conv2d(4, 4, 3, groups=4), nn.Hardsigmoid(), nn.Conv2d(4, 8, 1, groups=2), nn.GroupNorm(2, 8),
        nn.ReLU(), nn.ConvTranspose2d(8, 2, 2, stride=2), nn.Tanh(), nn.Conv2d(2, 1, 1),
    ),
    torch.randn(2, 4, 5, 5),
)  # fmt: skip
save("encoder-tokens", Encoder(True), torch.randint(0, 13, (2, 6)), names=("ids",))
save("encoder-series", Encoder(False), torch.randn(2, 6, 3), names=("series",))
save("lstm", Recurrent(), torch.randn(2, 5, 3))
(folder / "versions-torch.json").write_text(json.dumps({"torch": torch.__version__, "onnx": onnx.__version__}) + "\n")
(folder / "torch.json").write_text(json.dumps(results) + "\n")
