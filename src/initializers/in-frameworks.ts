/**
 * The same start in the words of six libraries, each with the weights that its code draws, bit for bit: the lecture's
 * NumPy and TensorFlow lines, PyTorch, Keras, JAX, Outset. A test runs the code where the libraries are installed.
 */
import {
  JaxStream,
  KerasStream,
  NumpyRandomState,
  TensorflowStream,
  TorchStream,
  threefry,
} from '../random/index.ts';
import { elementCount } from '../tensor/tensor.ts';
import { denseInOut, parameterShape } from './fans.ts';
import { kerasNormal } from './framework-normals.ts';
import { glorotUniform } from './glorot.ts';
import { heNormal } from './he.ts';
import { type FrameworkName, frameworkNames } from './in-frameworks-names.ts';
import { lectureHe, lectureXavier, xavierInit } from './lecture.ts';
import { kaimingNormal, xavierUniform } from './torch/scaled.ts';

/** Xavier: uniform over both fans (NumPy's line is the lecture's: normal, fanIn alone). He: normal, fanIn. */
export type FrameworkRule = 'xavier' | 'he';

export interface FrameworkDraw {
  readonly framework: FrameworkName;
  /** Lines that can be run as they are; the weight is called `w`. */
  readonly code: string;
  /** Shape of `w` there: [in, out], in PyTorch [out, in]. */
  readonly dims: readonly [number, number];
  /** `w` in single precision, row by row. */
  readonly weights: Float32Array;
}

/**
 * Code and weights of a dense layer in every framework that has the rule.
 * @param seed whole number from 0 to 2^31 - 1, which all of them take
 */
export function inFrameworks(
  rule: FrameworkRule,
  fanIn: number,
  fanOut: number,
  seed: number,
): FrameworkDraw[] {
  return frameworkNames.flatMap((framework) => {
    const made = writers[framework](rule, fanIn, fanOut, seed);
    if (made === null) return [];
    const dims = framework === 'torch' ? ([fanOut, fanIn] as const) : ([fanIn, fanOut] as const);
    return [{ framework, dims, code: made.code.join('\n'), weights: made.weights }];
  });
}

type Writer = (
  rule: FrameworkRule,
  fanIn: number,
  fanOut: number,
  seed: number,
) => { code: string[]; weights: Float32Array } | null;

const writers: Readonly<Record<FrameworkName, Writer>> = {
  numpy: (rule, fanIn, fanOut, seed) => ({
    code: [
      'import numpy as np',
      `np.random.seed(${seed})`,
      `w = np.random.randn(${fanIn}, ${fanOut}) / np.sqrt(${rule === 'he' ? `${fanIn} / 2` : fanIn})`,
    ],
    weights: (rule === 'he' ? lectureHe() : lectureXavier())(
      new NumpyRandomState(seed),
      dense([fanIn, fanOut]),
    ).data,
  }),
  // The lecture has no He in TensorFlow.
  tensorflow: (rule, fanIn, fanOut, seed) =>
    rule === 'he'
      ? null
      : {
          code: [
            'import numpy as np, tensorflow as tf',
            'def xavier_init(n_inputs, n_outputs):',
            '    r = np.sqrt(6.0 / (n_inputs + n_outputs))',
            `    return tf.random.stateless_uniform([n_inputs, n_outputs], seed=[${seed}, 0], minval=-r, maxval=r)`,
            `w = xavier_init(${fanIn}, ${fanOut})`,
          ],
          weights: xavierInit(fanIn, fanOut)(new TensorflowStream(seed), dense([fanIn, fanOut])).data,
        },
  torch: (rule, fanIn, fanOut, seed) => {
    const draw = rule === 'he' ? kaimingNormal : xavierUniform;
    return {
      code: [
        'import torch',
        `torch.manual_seed(${seed})`,
        `w = torch.empty(${fanOut}, ${fanIn})`,
        rule === 'he'
          ? "torch.nn.init.kaiming_normal_(w, nonlinearity='relu')"
          : 'torch.nn.init.xavier_uniform_(w)',
      ],
      weights: draw(new TorchStream(seed), [fanOut, fanIn]).data as Float32Array,
    };
  },
  keras: (rule, fanIn, fanOut, seed) => ({
    code: [
      'import keras',
      `w = keras.initializers.${rule === 'he' ? 'HeNormal' : 'GlorotUniform'}(seed=${seed})(shape=(${fanIn}, ${fanOut}))`,
    ],
    weights: (rule === 'he' ? kerasNormal('he') : glorotUniform())(
      new KerasStream(seed),
      dense([fanIn, fanOut]),
    ).data,
  }),
  jax: (rule, fanIn, fanOut, seed) => ({
    code: [
      'import jax',
      `w = jax.nn.initializers.${rule === 'he' ? 'he_normal' : 'glorot_uniform'}()(jax.random.key(${seed}), (${fanIn}, ${fanOut}))`,
    ],
    weights: jaxWeights(rule, fanIn, fanOut, seed),
  }),
  outset: (rule, fanIn, fanOut, seed) => ({
    code: [
      `import { denseInOut, parameterShape, ${rule === 'he' ? 'heNormal' : 'glorotUniform'} } from 'outset/initializers';`,
      "import { threefry } from 'outset/random';",
      `const shape = parameterShape({ name: 'w', dims: [${fanIn}, ${fanOut}], layout: denseInOut });`,
      `const w = ${rule === 'he' ? 'heNormal' : 'glorotUniform'}()(threefry(${seed}), shape);`,
    ],
    weights: (rule === 'he' ? heNormal() : glorotUniform())(threefry(seed), dense([fanIn, fanOut])).data,
  }),
};

const dense = (dims: readonly [number, number]) => parameterShape({ name: 'w', dims, layout: denseInOut });

const fround = Math.fround;

/** JAX draws standard numbers and multiplies: every step is rounded to single precision. */
function jaxWeights(rule: FrameworkRule, fanIn: number, fanOut: number, seed: number): Float32Array {
  const stream = new JaxStream(seed, 'partitionable');
  const out = new Float32Array(elementCount([fanIn, fanOut]));
  if (rule === 'he') {
    const std = fround(fround(Math.sqrt(fround(2 / fanIn))) / fround(0.87962566103423978));
    stream.truncatedNormal(out);
    return out.map((x) => fround(x * std));
  }
  const variance = fround(1 / ((fanIn + fanOut) / 2));
  const factor = fround(Math.sqrt(fround(3 * variance)));
  return stream.uniform(out, -1, 1).map((x) => fround(x * factor));
}
