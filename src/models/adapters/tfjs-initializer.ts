/** Rules as initializers of TensorFlow.js: `tf.layers.dense({ units: 10, kernelInitializer: tfjsInitializer(tf, 'he-normal') })`. */

import type { ParameterShape } from '../../initializers/initializer.ts';
import { initializerFor } from '../../initializers/initializer-rule.ts';
import { parseRule } from '../../initializers/registry.ts';
import { OutsetError } from '../../messages/error.ts';
import { type Dialect, openStream } from '../../random/index.ts';
import type { Dims } from '../../tensor/tensor.ts';
import type { ModelParameter } from '../model.ts';
import {
  depthwiseParameter,
  embeddingParameter,
  inOut,
  kernelOutIn,
  weightParameter,
} from '../parameter-view.ts';

/** What is used of TensorFlow.js; any version that has its layers will do. */
export interface TfjsLike {
  readonly initializers: { zeros(): object };
  tensor(values: Float32Array, shape: number[], dtype: 'float32'): unknown;
}

/** What TensorFlow.js calls of an initializer. */
export interface TfjsInitializer {
  apply(shape: number[], dtype?: string): unknown;
  getClassName(): string;
  getConfig(): Record<string, unknown>;
}

export interface TfjsInitializerOptions {
  /** Default 0. (TensorFlow.js takes a seed of 0 for none; here it is a seed like any other.) */
  readonly seed?: number | bigint;
  /** Random numbers; default `threefry`. */
  readonly stream?: Dialect;
  /** Names the stream: initializers with the same seed and different names draw different numbers. Default `kernel`. */
  readonly name?: string;
  /** What the shape does not say: the layout of the layer. Default: dense or an ordinary convolution, [...kernel, in, out]. */
  readonly layer?: 'dense' | 'conv' | 'conv-transpose' | 'depthwise' | 'embedding';
}

/**
 * An initializer that layers of TensorFlow.js take. The fans are those of the layer: for a transposed or depthwise
 * convolution and for an embedding `layer` has to say so, because the shape does not. Used for several weights, it
 * draws different numbers for each, in the order of the calls.
 *
 * @param tf the module of TensorFlow.js
 * @param rule text of a rule, e.g. `he-normal` or `orthogonal(gain=relu)`
 * @throws initializers.unknown_rule and what the rule throws; initializers.no_fans for a shape that no layer has
 */
export function tfjsInitializer(
  tf: TfjsLike,
  rule: string,
  options: TfjsInitializerOptions = {},
): TfjsInitializer {
  const { seed = 0, stream = 'threefry', name = 'kernel', layer = 'dense' } = options;
  const parsed = parseRule(rule);
  const root = openStream(stream, seed).child(name);
  let calls = 0;
  // Layers ask `instanceof Initializer`, a class that is not exported: the parent of any initializer has its prototype.
  const base = Object.getPrototypeOf(Object.getPrototypeOf(tf.initializers.zeros())) as object;
  return Object.assign(Object.create(base) as object, {
    apply(shape: number[], dtype = 'float32'): unknown {
      const parameter = shapeOf(name, shape, layer);
      const own = calls === 0 ? root : root.child(calls);
      calls++;
      if (dtype !== 'float32') {
        throw new OutsetError('initializers.bad_parameter', {
          rule,
          parameter: 'dtype',
          got: dtype,
          expected: 'float32',
        });
      }
      return tf.tensor(initializerFor(parsed, parameter)(own, parameter).data, [...shape], 'float32');
    },
    getClassName: () => 'OutsetInitializer',
    getConfig: () => ({ rule: parsed.name, seed: String(seed), stream, name, layer }),
  });
}

function shapeOf(name: string, dims: Dims, layer: TfjsInitializerOptions['layer']): ParameterShape {
  if (dims.length < 2) return { name, role: 'bias', dims, fanIn: 0, fanOut: 0 };
  const stored = { name, type: 'float32', dims } as const;
  const found: Record<string, () => ModelParameter | undefined> = {
    'conv-transpose': () =>
      weightParameter(stored, name, { axes: kernelOutIn(dims.length), transposed: true }),
    depthwise: () => depthwiseParameter(stored, name),
    embedding: () => embeddingParameter(stored, name),
  };
  const parameter = (
    found[layer ?? ''] ?? (() => weightParameter(stored, name, { axes: inOut(dims.length) }))
  )();
  if (parameter === undefined) throw new OutsetError('initializers.no_fans', { dims: [...dims] });
  return parameter.shape;
}
