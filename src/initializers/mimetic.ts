import type { Stream } from '../random/stream.ts';
import { symmetricEigen } from '../tensor/symmetric-eigen.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { checkNumber } from './check.ts';
import { concatenate } from './fused.ts';
import type { ParameterShape } from './initializer.ts';
import type { ModelRule } from './model-rule.ts';
import { standardNormals } from './standard-normals.ts';
import { transformerName } from './transformer-names.ts';
import { visionTransformer } from './vision-transformer.ts';

export interface MimeticOptions {
  /** Heads of every attention, default 3. Must divide its width. */
  readonly heads?: number;
  /** Noise and identity in query times key, default 0.7 each. */
  readonly queryKey?: number;
  /** Noise and identity in value times output, default 0.4 each. */
  readonly valueOutput?: number;
}

/**
 * Mimetic initialization: attention that starts with the products that trained vision Transformers have.
 *
 *   W_q W_kᵀ ≈ a Z / sqrt(d) + a I  (per head, rank d / heads)       W_v W_o ≈ c Z / sqrt(d) - c I       Z ~ N(0, 1)
 *
 * Both are factored by their singular value decomposition U S Vᵀ into U S^(1/2) and S^(1/2) Vᵀ. Only square attentions with
 * all four matrices (or a fused one and the output) are touched; everything else is as in {@link visionTransformer}.
 * Sinusoidal positions, which the paper recommends with it, are not set. Takes a time cubic in the width, per head.
 *
 * @throws initializers.bad_parameter
 * @see Trockman, Kolter 2023, "Mimetic initialization of self-attention layers", section 4, algorithm 1
 */
export function mimetic({ heads = 3, queryKey = 0.7, valueOutput = 0.4 }: MimeticOptions = {}): ModelRule {
  checkNumber('mimetic', 'heads', heads, 'whole, >= 1', Number.isInteger(heads) && heads >= 1);
  checkNumber('mimetic', 'query-key', queryKey, '>= 0', queryKey >= 0);
  checkNumber('mimetic', 'value-output', valueOutput, '>= 0', valueOutput >= 0);
  const rest = visionTransformer();
  return {
    draw(stream, parameters) {
      const values = rest.draw(stream, parameters);
      for (const attention of attentionsOf(parameters)) {
        const width = attention.width;
        if (width % heads !== 0) {
          checkNumber('mimetic', 'heads', heads, `a divisor of ${width} (${attention.name})`, false);
        }
        const own = stream.child(`${attention.name}.mimetic`);
        const [query, key] = queryAndKey(own.child('query-key'), width, heads, queryKey);
        const product = noisyIdentity(own.child('value-output'), width, valueOutput, -1);
        const [value, output] = factor(product, width, width);
        attention.place(values, query, key, value, output);
      }
      return values;
    },
  };
}

interface Attention {
  readonly name: string;
  readonly width: number;
  /** Stores the four matrices, each given [in, out], in the layouts of the model. */
  place(values: Map<string, Tensor<'float32'>>, ...matrices: Float64Array[]): void;
}

/** The attentions whose matrices are all there and square. */
function attentionsOf(parameters: readonly ParameterShape[]): Attention[] {
  const groups = new Map<string, Map<string, ParameterShape>>();
  for (const parameter of parameters) {
    const { part, attention } = transformerName(parameter.name);
    if (parameter.role !== 'weight' || parameter.layout?.kernelAxes.length !== 0) continue;
    const group = groups.get(attention) ?? new Map<string, ParameterShape>();
    if (!group.has(part)) group.set(part, parameter);
    groups.set(attention, group);
  }
  const found: Attention[] = [];
  for (const [name, group] of groups) {
    const output = group.get('attention-output');
    const width = output?.fanIn ?? 0;
    const single = ['query', 'key', 'value'].map((part) => group.get(part));
    const one = group.get('query-key-value');
    if (output === undefined || output.fanOut !== width) continue;
    if (one !== undefined && one.fanIn === width && one.fanOut === 3 * width) {
      found.push({ name, width, place: placeFused(one, output, width) });
    } else if (single.every((shape) => shape?.fanIn === width && shape.fanOut === width)) {
      found.push({ name, width, place: placeEach([...(single as ParameterShape[]), output], width) });
    }
  }
  return found;
}

function placeEach(shapes: readonly ParameterShape[], width: number): Attention['place'] {
  return (values, ...matrices) => {
    for (const [i, shape] of shapes.entries()) values.set(shape.name, laidOut(shape, matrices[i], width));
  };
}

function placeFused(one: ParameterShape, output: ParameterShape, width: number): Attention['place'] {
  return (values, query, key, value, out) => {
    const axis = one.layout?.outAxis ?? 0;
    const third = { ...one, dims: one.dims.map((n, i) => (i === axis ? n / 3 : n)) };
    const parts = [query, key, value].map((matrix) => laidOut(third, matrix, width));
    values.set(one.name, concatenate(one.dims, axis, parts));
    values.set(output.name, laidOut(output, out, width));
  };
}

/** A matrix [in, out] in the layout of a weight. */
function laidOut(shape: ParameterShape, matrix: Float64Array, width: number): Tensor<'float32'> {
  const data = new Float32Array(width * width);
  const inFirst = (shape.layout?.inAxis ?? 0) === 0;
  for (let i = 0; i < width; i++) {
    for (let o = 0; o < width; o++) data[inFirst ? i * width + o : o * width + i] = matrix[i * width + o];
  }
  return tensor('float32', shape.dims, data);
}

/** Query and key [in, out]: head h holds the columns h k ... (h + 1) k of both. */
function queryAndKey(
  stream: Stream,
  width: number,
  heads: number,
  size: number,
): [Float64Array, Float64Array] {
  const rank = width / heads;
  const query = new Float64Array(width * width);
  const key = new Float64Array(width * width);
  for (let head = 0; head < heads; head++) {
    const [left, right] = factor(noisyIdentity(stream.child(head), width, size, 1), width, rank);
    for (let i = 0; i < width; i++) {
      for (let k = 0; k < rank; k++) {
        query[i * width + head * rank + k] = left[i * rank + k];
        key[i * width + head * rank + k] = right[k * width + i];
      }
    }
  }
  return [query, key];
}

/** size (Z / sqrt(width) + sign I), row-major. */
function noisyIdentity(stream: Stream, width: number, size: number, sign: 1 | -1): Float64Array {
  const noise = standardNormals(stream, width * width);
  const out = Float64Array.from(noise, (z) => (size * z) / Math.sqrt(width));
  for (let i = 0; i < width; i++) out[i * width + i] += sign * size;
  return out;
}

/**
 * A ≈ L R with L = U S^(1/2) [width, rank] and R = S^(1/2) Vᵀ [rank, width] of the largest singular values. Those come from
 * the eigenvectors of A Aᵀ; V = Aᵀ U / S.
 */
function factor(a: Float64Array, width: number, rank: number): [Float64Array, Float64Array] {
  const gram = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += a[i * width + k] * a[j * width + k];
      gram[i * width + j] = sum;
      gram[j * width + i] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(gram, width);
  const left = new Float64Array(width * rank);
  const right = new Float64Array(rank * width);
  for (let k = 0; k < rank; k++) {
    const root = Math.sqrt(Math.sqrt(Math.max(values[k], 1e-24)));
    for (let i = 0; i < width; i++) {
      const u = vectors[k * width + i];
      left[i * rank + k] = u * root;
      for (let j = 0; j < width; j++) right[k * width + j] += (u * a[i * width + j]) / root;
    }
  }
  return [left, right];
}
