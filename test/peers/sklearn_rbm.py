"""Writes test/fixtures/sklearn-rbm.json: tiny BernoulliRBMs of scikit-learn with the free energy, hidden means and
pseudo-likelihood of a few rows. Usage: python test/peers/sklearn_rbm.py (scikit-learn 1.2 or later)."""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.neural_network import BernoulliRBM

cases = []
for seed, (visible, hidden) in enumerate([(6, 4), (9, 3), (5, 8)]):
    rng = np.random.default_rng(seed)
    patterns = rng.integers(0, 2, (4, visible))
    flips = rng.random((200, visible)) < 0.1
    data = np.where(flips, 1 - patterns[rng.integers(0, 4, 200)], patterns[rng.integers(0, 4, 200)]).astype(np.float64)
    rbm = BernoulliRBM(n_components=hidden, learning_rate=0.2, batch_size=20, n_iter=60, random_state=seed).fit(data)
    # Parameters that float32 holds exactly, so that both sides compute with the same numbers.
    for name in ("components_", "intercept_hidden_", "intercept_visible_"):
        setattr(rbm, name, getattr(rbm, name).astype(np.float32).astype(np.float64))
    rows = data[:12]
    energy = rbm._free_energy(rows)
    # score_samples flips one random bit a row and multiplies by their number; here every bit in turn.
    scores = np.zeros((len(rows), visible))
    for bit in range(visible):
        other = rows.copy()
        other[:, bit] = 1 - other[:, bit]
        scores[:, bit] = -np.logaddexp(0, -(rbm._free_energy(other) - energy))
    rbm.random_state = np.random.RandomState(seed)  # a whole number would draw the same bits in every call
    cases.append(
        {
            "weights": rbm.components_.T.tolist(),
            "hiddenBias": rbm.intercept_hidden_.tolist(),
            "visibleBias": rbm.intercept_visible_.tolist(),
            "rows": rows.tolist(),
            "freeEnergy": energy.tolist(),
            "hiddenMeans": rbm.transform(rows).tolist(),
            "conditionals": scores.tolist(),
            # 4000 calls of score_samples: the mean that an unbiased estimator has to agree with.
            "scoreMean": float(np.mean([rbm.score_samples(rows) for _ in range(4000)])),
        }
    )
path = pathlib.Path(__file__).parent.parent / "fixtures" / "sklearn-rbm.json"
path.write_text(json.dumps({"sklearn": sklearn.__version__, "numpy": np.__version__, "cases": cases}) + "\n")
