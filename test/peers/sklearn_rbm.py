"""scikit-learn's BernoulliRBM on a small model -> test/fixtures/sklearn-rbm.json

    $OUTSET_PYTHON test/peers/sklearn_rbm.py > test/fixtures/sklearn-rbm.json

Free energies of rows, and of the rows with one bit flipped (what its pseudo-likelihood is made of), and hidden means.
Parameters are rounded to single precision first, so that both sides have the same.
"""

import json

import numpy as np
import sklearn
from sklearn.neural_network import BernoulliRBM

random = np.random.RandomState(0)
visible, hidden, count = 6, 4, 10
rows = (random.uniform(size=(count, visible)) < 0.4).astype(float)
rbm = BernoulliRBM(n_components=hidden, learning_rate=0.1, n_iter=20, batch_size=5, random_state=0).fit(rows)
single = lambda x: np.asarray(x, np.float32).astype(float)
rbm.components_ = single(rbm.components_ + random.normal(size=(hidden, visible)))
rbm.intercept_visible_ = single(rbm.intercept_visible_)
rbm.intercept_hidden_ = single(rbm.intercept_hidden_)


def flipped(bit):
    other = rows.copy()
    other[:, bit] = 1 - other[:, bit]
    return rbm._free_energy(other).tolist()


print(
    json.dumps(
        {
            "command": "python3 test/peers/sklearn_rbm.py > test/fixtures/sklearn-rbm.json",
            "sklearn": sklearn.__version__,
            "weights": rbm.components_.T.tolist(),
            "visibleBias": rbm.intercept_visible_.tolist(),
            "hiddenBias": rbm.intercept_hidden_.tolist(),
            "rows": rows.tolist(),
            "freeEnergy": rbm._free_energy(rows).tolist(),
            "flippedFreeEnergy": [flipped(bit) for bit in range(visible)],
            "hiddenMeans": rbm.transform(rows).tolist(),
        }
    )
)
