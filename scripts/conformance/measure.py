"""What the Python peers share: a row of the table from an array of first weights."""

import json

import numpy as np


def row(call, values, asked, rule, dims, layout, note=""):
    """`asked` is the standard deviation that the call's name or documentation promises; `rule` is Outset's."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    got = float(np.sqrt(np.mean(flat**2)))
    return {
        "call": call,
        "asked": asked,
        "got": got,
        "samples": int(flat.size),
        "largest": float(np.max(np.abs(flat))) / got if got > 0 else 0,
        "rule": rule,
        "dims": list(dims),
        "layout": layout,
        "note": note,
    }


def finish(framework, version, rows, facts):
    print(json.dumps({"framework": framework, "version": version, "rows": rows, "facts": facts}))
