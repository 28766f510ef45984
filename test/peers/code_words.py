"""Runs code that leaves a weight `w` behind and answers its words. Called by in-frameworks.test.ts.

Standard input: a JSON list of programs. Standard output: a JSON list of lists of hexadecimal words, single precision.
"""

import json
import sys

import numpy as np

answers = []
for program in json.load(sys.stdin):
    names = {}
    exec(program, names)
    w = np.asarray(names["w"].detach() if hasattr(names["w"], "detach") else names["w"]).astype(np.float32)
    answers.append(["%08x" % word for word in w.reshape(-1).view(np.uint32)])
json.dump(answers, sys.stdout)
