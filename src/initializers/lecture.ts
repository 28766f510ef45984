/**
 * The formulas of the lecture "Deep Learning Zero to All" (Sung Kim), each under a name of its own, so that its labs
 * can be run again. With the dialect `numpy-legacy` and a weight [fanIn, fanOut] the numbers are those of the
 * lecture's NumPy code, rounded to single precision.
 */

import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';
import { normal } from './normal.ts';
import { standardNormals } from './standard-normals.ts';

/**
 * Lab 10-2: standard normal numbers, `tf.random_normal([n_in, n_out])`, for weights and biases alike.
 * The start that the lecture shows to be bad: the cost of the first epoch is in the hundreds.
 */
export function lectureNormal(): Initializer {
  return normal({ mean: 0, std: 1 });
}

/** `np.random.randn(fan_in, fan_out) / np.sqrt(fan_in)`: what the lecture calls Xavier; LeCun's variance 1 / fanIn. */
export function lectureXavier(): Initializer {
  return dividedNormals((fanIn) => Math.sqrt(fanIn));
}

/** `np.random.randn(fan_in, fan_out) / np.sqrt(fan_in / 2)`: what the lecture calls He; variance 2 / fanIn. */
export function lectureHe(): Initializer {
  return dividedNormals((fanIn) => Math.sqrt(fanIn / 2));
}

function dividedNormals(divisor: (fanIn: number) => number): Initializer {
  return (stream, { dims, fanIn }) => {
    const by = divisor(Math.max(1, fanIn));
    const draws = standardNormals(stream, elementCount(dims));
    const out = new Float32Array(draws.length);
    for (let i = 0; i < out.length; i++) out[i] = draws[i] / by;
    return tensor('float32', dims, out);
  };
}

/**
 * The lecture's `xavier_init(n_inputs, n_outputs, uniform)`, word for word:
 *
 *   uniform      U(-r, r), r = sqrt(6 / (nInputs + nOutputs))
 *   otherwise    truncated normal, stddev sqrt(3 / (nInputs + nOutputs)), values beyond 2 stddev drawn again
 *
 * The truncated one has variance 0.774 x 3 / (nInputs + nOutputs), not the 2 / (...) of Glorot's: that is how it was.
 *
 * @param nInputs  number of inputs, > 0; the shape of the weight is not looked at
 * @param nOutputs  number of outputs, > 0
 * @throws initializers.bad_parameter
 * @see Glorot, Bengio 2010; TensorFlow tutorials, `xavier_init`
 */
export function xavierInit(nInputs: number, nOutputs: number, uniform = true): Initializer {
  checkNumber('xavier-init', 'nInputs', nInputs, '> 0', nInputs > 0);
  checkNumber('xavier-init', 'nOutputs', nOutputs, '> 0', nOutputs > 0);
  return (stream, { dims }) => {
    const out = new Float32Array(elementCount(dims));
    const sum = nInputs + nOutputs;
    if (uniform) stream.uniform(out, -Math.sqrt(6 / sum), Math.sqrt(6 / sum));
    else stream.truncatedNormal(out, { std: Math.sqrt(3 / sum) });
    return tensor('float32', dims, out);
  };
}
