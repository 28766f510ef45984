"""Models for the doctor in forms that PyTorch's exporter does not write, tiny, and what they give for one batch.

    $OUTSET_PYTHON test/peers/doctor_models_onnx.py test/fixtures/doctor

- sklearn.onnx: StandardScaler and MLPClassifier on irises, with the nodes that skl2onnx writes for them; the reference is
  scikit-learn's predict_proba
- half.onnx: weights and signal in float16; the reference is float64 arithmetic on the same half-precision weights
- quantized.onnx: int8 weights and signal between QuantizeLinear and DequantizeLinear
- switched.onnx: a number chooses the branch of an If; a GRU and an RNN follow
The last two are computed by onnx's own reference evaluator. Needs numpy, scikit-learn and onnx.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import sklearn
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
random = np.random.default_rng(5)
results = {}


def info(name, dims, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, dims)


def initializers(**arrays):
    return [numpy_helper.from_array(np.asarray(array), name) for name, array in arrays.items()]


def save(name, nodes, inputs, outputs, constants, example, output, opsets=(("", 21),)):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(*one) for one in opsets], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, folder / f"{name}.onnx")
    if output is None:
        feeds = {inputs[0].name: example}
        for extra in inputs[1:]:
            feeds[extra.name] = np.array(16000, np.int64)
        output = ReferenceEvaluator(model).run(None, feeds)[0]
    results[name] = {
        "input": np.asarray(example, np.float64).flatten().tolist(),
        "dims": list(example.shape),
        "output": np.asarray(output, np.float64).flatten().tolist(),
    }


# scikit-learn
features, labels = load_iris(return_X_y=True)
pipeline = make_pipeline(StandardScaler(), MLPClassifier((5,), max_iter=60, random_state=0)).fit(features, labels)
scaler, network = pipeline[0], pipeline[1]
w1, w2 = (w.astype(np.float32) for w in network.coefs_)
b1, b2 = (b.astype(np.float32).reshape(1, -1) for b in network.intercepts_)
example = features[::40].astype(np.float32)
save(
    "sklearn",
    [
        helper.make_node(
            "Scaler", ["X"], ["variable"], "Scaler", domain="ai.onnx.ml",
            offset=scaler.mean_.astype(np.float32).tolist(), scale=(1 / scaler.scale_).astype(np.float32).tolist(),
        ),
        helper.make_node("Cast", ["variable"], ["cast_input"], "Cast", to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["cast_input", "coefficient"], ["mul_result"], "MatMul"),
        helper.make_node("Add", ["mul_result", "intercepts"], ["add_result"], "Add"),
        helper.make_node("Relu", ["add_result"], ["next_activations"], "Relu"),
        helper.make_node("MatMul", ["next_activations", "coefficient1"], ["mul_result1"], "MatMul1"),
        helper.make_node("Add", ["mul_result1", "intercepts1"], ["add_result1"], "Add1"),
        helper.make_node("Softmax", ["add_result1"], ["out_activations_result"], "Softmax", axis=1),
        helper.make_node("ArgMax", ["out_activations_result"], ["argmax_output"], "ArgMax", axis=1),
        helper.make_node(
            "ArrayFeatureExtractor", ["classes", "argmax_output"], ["array_feature_extractor_result"], "Extract",
            domain="ai.onnx.ml",
        ),
        helper.make_node("Reshape", ["array_feature_extractor_result", "shape_tensor"], ["output_label"], "Reshape"),
        helper.make_node(
            "ZipMap", ["out_activations_result"], ["output_probability"], "ZipMap", domain="ai.onnx.ml",
            classlabels_int64s=[0, 1, 2],
        ),
    ],
    [info("X", [None, 4])],
    [
        info("output_label", [None], TensorProto.INT64),
        helper.make_value_info(
            "output_probability",
            helper.make_sequence_type_proto(
                helper.make_map_type_proto(TensorProto.INT64, helper.make_tensor_type_proto(TensorProto.FLOAT, None))
            ),
        ),
    ],
    initializers(
        coefficient=w1, intercepts=b1, coefficient1=w2, intercepts1=b2,
        classes=np.arange(3, dtype=np.int64), shape_tensor=np.array([-1], np.int64),
    ),
    example,
    pipeline.predict_proba(example),
    opsets=(("", 17), ("ai.onnx.ml", 1)),
)  # fmt: skip

# Half precision
w1, b1, w2, b2 = (random.normal(size=s).astype(np.float16) for s in [(6, 5), (5,), (3, 5), (3,)])
example = random.normal(size=(4, 6)).astype(np.float16)
hidden = np.tanh(example.astype(np.float64) @ w1.astype(np.float64) + b1)
save(
    "half",
    [
        helper.make_node("MatMul", ["x", "fc1.weight"], ["product"], "fc1"),
        helper.make_node("Add", ["product", "fc1.bias"], ["sum"], "fc1.add"),
        helper.make_node("Tanh", ["sum"], ["hidden"], "tanh"),
        helper.make_node("Gemm", ["hidden", "fc2.weight", "fc2.bias"], ["y"], "fc2", transB=1),
    ],
    [info("x", ["batch", 6], TensorProto.FLOAT16)],
    [info("y", ["batch", 3], TensorProto.FLOAT16)],
    initializers(**{"fc1.weight": w1, "fc1.bias": b1, "fc2.weight": w2, "fc2.bias": b2}),
    example,
    hidden @ w2.astype(np.float64).T + b2.astype(np.float64),
)

# Eight-bit weights
w1 = random.integers(-127, 128, (6, 5)).astype(np.int8)
w2 = random.integers(-127, 128, (3, 5)).astype(np.int8)
save(
    "quantized",
    [
        helper.make_node("QuantizeLinear", ["x", "x_scale", "x_zero"], ["x_q"], "quantize"),
        helper.make_node("DequantizeLinear", ["x_q", "x_scale", "x_zero"], ["x_dq"], "dequantize"),
        helper.make_node("DequantizeLinear", ["fc1.weight_q", "fc1.scale", "fc1.zero"], ["fc1.weight"], "fc1.dq"),
        helper.make_node("MatMul", ["x_dq", "fc1.weight"], ["product"], "fc1"),
        helper.make_node("Add", ["product", "fc1.bias"], ["sum"], "fc1.add"),
        helper.make_node("Relu", ["sum"], ["hidden"], "relu"),
        helper.make_node("DequantizeLinear", ["fc2.weight_q", "fc2.scale"], ["fc2.weight"], "fc2.dq", axis=0),
        helper.make_node("Gemm", ["hidden", "fc2.weight"], ["y"], "fc2", transB=1),
    ],
    [info("x", ["batch", 6])],
    [info("y", ["batch", 3])],
    initializers(**{
        "x_scale": np.float32(0.02), "x_zero": np.int8(-3),
        "fc1.weight_q": w1, "fc1.scale": np.float32(0.01), "fc1.zero": np.int8(2), "fc1.bias": random.normal(size=5).astype(np.float32),
        "fc2.weight_q": w2, "fc2.scale": np.array([0.01, 0.02, 0.03], np.float32),
    }),
    random.normal(size=(4, 6)).astype(np.float32),
    None,
)  # fmt: skip

# A branch chosen by a number, then recurrent layers
branches = [
    helper.make_graph(
        [helper.make_node("Gemm", ["x2", f"{name}.weight"], ["branch"], name, transB=1)],
        name, [], [info("branch", None)],
        initializers(**{f"{name}.weight": random.normal(size=(width, 3)).astype(np.float32)}),
    )
    for name, width in [("wide", 6), ("narrow", 6)]
]  # fmt: skip


def real(*dims):
    return (random.normal(size=dims) * 0.5).astype(np.float32)


save(
    "switched",
    [
        helper.make_node("Equal", ["rate", "fast"], ["is_fast"], "is_fast"),
        helper.make_node("Reshape", ["x", "flat"], ["x2"], "flatten"),
        helper.make_node("If", ["is_fast"], ["chosen"], "If", then_branch=branches[0], else_branch=branches[1]),
        helper.make_node("Reshape", ["chosen", "steps"], ["series"], "series"),
        helper.make_node("Transpose", ["series"], ["time_first"], "time_first", perm=[1, 0, 2]),
        helper.make_node("GRU", ["time_first", "gru.W", "gru.R", "gru.B"], ["gru_y"], "gru", hidden_size=4, linear_before_reset=1),
        helper.make_node("Squeeze", ["gru_y", "axis1"], ["gru_states"], "gru_states"),
        helper.make_node("RNN", ["gru_states", "rnn.W", "rnn.R"], ["", "rnn_h"], "rnn", hidden_size=3),
        helper.make_node("Squeeze", ["rnn_h", "axis0"], ["last"], "last"),
        helper.make_node("Gemm", ["last", "fc.weight", "fc.bias"], ["y"], "fc", transB=1),
    ],
    [info("x", ["batch", 5, 3]), info("rate", [], TensorProto.INT64)],
    [info("y", ["batch", 2])],
    initializers(**{
        "fast": np.int64(16000), "flat": np.array([-1, 3], np.int64), "steps": np.array([-1, 5, 6], np.int64),
        "axis0": np.array([0], np.int64), "axis1": np.array([1], np.int64),
        "gru.W": real(1, 12, 6), "gru.R": real(1, 12, 4), "gru.B": real(1, 24),
        "rnn.W": real(1, 3, 4), "rnn.R": real(1, 3, 3), "fc.weight": real(2, 3), "fc.bias": real(2),
    }),
    random.normal(size=(3, 5, 3)).astype(np.float32),
    None,
)  # fmt: skip
versions = {"numpy": np.__version__, "onnx": onnx.__version__, "scikit-learn": sklearn.__version__}
(folder / "versions-onnx.json").write_text(json.dumps(versions) + "\n")
(folder / "onnx.json").write_text(json.dumps(results) + "\n")
