"""CD-1 epochs of an RBM with NumPy, PyTorch or scikit-learn: the peers of `npm run bench:rbm`.

Reads one JSON object from standard input: {"library", "threads", "visible", "states", "hidden", "batch", "epochs", "data":
path of a raw uint8 file of 0/1, row-major}; prints {"library", "version", "seconds": [one an epoch], "reconstruction"}.
`visible` counts columns; with "states" above 0 (NumPy only) they are one-hot Potts units of so many states.
Each library is used as its users would at their best: float32, in-place matrix products, one matrix product a pass.
"""

import json
import os
import sys
import time

task = json.load(sys.stdin)
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(task["threads"])

import numpy as np  # noqa: E402  (the number of threads has to be set before)

visible, hidden, batch = task["visible"], task["hidden"], task["batch"]
states = np.fromfile(task["data"], dtype=np.uint8).reshape(-1, visible).astype(np.float32)
states = states[: task.get("examples", len(states))]
count = len(states) // batch * batch
rate, momentum = 0.05, 0.5


def numpy_epochs():
    rng = np.random.default_rng(1)
    W = rng.normal(0, 0.01, (visible, hidden)).astype(np.float32)
    mW = np.zeros_like(W)
    b, c = np.zeros(visible, np.float32), np.zeros(hidden, np.float32)
    mb, mc = np.zeros_like(b), np.zeros_like(c)

    def mean(x):
        np.negative(x, out=x)
        np.exp(x, out=x)
        x += 1
        return np.reciprocal(x, out=x)

    states_of_unit = task["states"]

    def sample_visible(x):
        if states_of_unit == 0:
            p = mean(x)
            return p, (rng.random(p.shape, dtype=np.float32) < p).astype(np.float32)
        x = x.reshape(len(x), -1, states_of_unit)
        x -= x.max(axis=2, keepdims=True)
        np.exp(x, out=x)
        x /= x.sum(axis=2, keepdims=True)
        u = rng.random((*x.shape[:2], 1), dtype=np.float32)
        state = np.minimum((x.cumsum(axis=2) <= u).sum(axis=2), states_of_unit - 1)
        v = np.zeros_like(x)
        np.put_along_axis(v, state[:, :, None], 1, axis=2)
        return x.reshape(len(x), -1), v.reshape(len(x), -1)

    gradient = np.empty_like(W)
    product = np.empty_like(W)
    for _ in range(task["epochs"]):
        began = time.perf_counter()
        order = rng.permutation(count)
        error = seen = 0
        for first in range(0, count, batch):
            v0 = states[order[first : first + batch]]
            h0 = mean(v0 @ W + c)
            s0 = (rng.random(h0.shape, dtype=np.float32) < h0).astype(np.float32)
            p1, v1 = sample_visible(s0 @ W.T + b)
            h1 = mean(v1 @ W + c)
            np.matmul(v0.T, h0, out=gradient)
            np.matmul(v1.T, h1, out=product)
            gradient -= product
            gradient *= 1 / batch
            mW *= momentum
            mW += gradient
            np.multiply(mW, rate, out=gradient)
            W += gradient
            mb *= momentum
            mb += (v0 - v1).mean(0)
            b += rate * mb
            mc *= momentum
            mc += (h0 - h1).mean(0)
            c += rate * mc
            if first // batch % 8 == 0:
                error += float(np.square(v0 - p1).sum())
                seen += len(v0)
        yield time.perf_counter() - began, error / seen


def torch_epochs():
    import torch

    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    torch.set_grad_enabled(False)
    data = torch.from_numpy(states)
    W = torch.randn(visible, hidden) * 0.01
    mW = torch.zeros_like(W)
    b, c = torch.zeros(visible), torch.zeros(hidden)
    mb, mc = torch.zeros_like(b), torch.zeros_like(c)
    for _ in range(task["epochs"]):
        began = time.perf_counter()
        order = torch.randperm(count)
        error = seen = 0
        for first in range(0, count, batch):
            v0 = data[order[first : first + batch]]
            h0 = torch.addmm(c, v0, W).sigmoid_()
            s0 = (torch.rand_like(h0) < h0).float()
            p1 = torch.addmm(b, s0, W.t()).sigmoid_()
            v1 = (torch.rand_like(p1) < p1).float()
            h1 = torch.addmm(c, v1, W).sigmoid_()
            mW.addmm_(v0.t(), h0, beta=momentum, alpha=1 / batch)
            mW.addmm_(v1.t(), h1, alpha=-1 / batch)
            W.add_(mW, alpha=rate)
            mb.mul_(momentum).add_((v0 - v1).mean(0))
            b.add_(mb, alpha=rate)
            mc.mul_(momentum).add_((h0 - h1).mean(0))
            c.add_(mc, alpha=rate)
            if first // batch % 8 == 0:
                error += float((v0 - p1).square_().sum())
                seen += len(v0)
        yield time.perf_counter() - began, error / seen


def sklearn_epochs():
    from sklearn.neural_network import BernoulliRBM

    model = BernoulliRBM(n_components=hidden, learning_rate=rate, batch_size=batch, n_iter=1, random_state=1)
    for _ in range(task["epochs"]):
        began = time.perf_counter()
        for first in range(0, count, batch):
            model.partial_fit(states[first : first + batch])
        yield time.perf_counter() - began, None


def version():
    module = {"numpy": "numpy", "torch": "torch", "sklearn": "sklearn"}[task["library"]]
    return __import__(module).__version__


epochs = {"numpy": numpy_epochs, "torch": torch_epochs, "sklearn": sklearn_epochs}[task["library"]]()
timings, reconstruction = [], None
for seconds, error in epochs:
    timings.append(seconds)
    reconstruction = error
json.dump(
    {"library": task["library"], "version": version(), "seconds": timings, "reconstruction": reconstruction},
    sys.stdout,
)
