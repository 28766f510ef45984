/** What a rule draws for one layer, in terms that every framework has. */
import type { Layout, ParameterShape } from '../../../initializers/initializer.ts';
import { initializerFor } from '../../../initializers/initializer-rule.ts';
import { parseRule } from '../../../initializers/registry.ts';
import { splitCall } from '../../../initializers/rule-parameters.ts';
import { OutsetError } from '../../../messages/error.ts';
import type { RealArray, Stream, TruncatedNormalOptions } from '../../../random/stream.ts';

export type WeightDraw =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly std: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  /** N(0, std²) cut at two `std`. */
  | { readonly kind: 'truncated-normal'; readonly std: number }
  | { readonly kind: 'orthogonal'; readonly gain: number };

/** A layer as code names it. */
export interface CodeLayer {
  readonly name: string;
  readonly type: string;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly weightDims: readonly number[];
}

const matrix: Layout = { inAxis: 0, outAxis: 1, kernelAxes: [], groups: 1, transposed: false };

/** Larger weights are not tried out: their rule is named instead. */
const mostElements = 1 << 24;

/**
 * What a rule draws for a layer's weight or bias; null where no framework has a word for it. Found by letting the rule draw
 * from a stream that only writes down what it is asked for, so that any rule with independent weights is understood.
 *
 * @throws initializers.unknown_rule and its like
 */
export function weightDraw(rule: string, layer: CodeLayer, role: 'weight' | 'bias'): WeightDraw | null {
  const name = splitCall(rule)?.name ?? '';
  const parsed = parseRule(rule);
  if (parsed.model !== undefined) return null;
  const elements = layer.weightDims.reduce((product, length) => product * length, 1);
  if (role === 'weight' && elements > mostElements) return null;
  const orthogonal = role === 'weight' && (name === 'orthogonal' || name === 'orth');
  const shape: ParameterShape = {
    name: layer.name,
    role,
    dims: orthogonal || role === 'bias' ? [1, 1] : layer.weightDims,
    fanIn: layer.fanIn,
    fanOut: layer.fanOut,
    ...(orthogonal ? { layout: matrix } : {}),
  };
  const stream = new NotedStream();
  let values: ArrayLike<number>;
  try {
    values = initializerFor(parsed, shape)(stream, shape).data as ArrayLike<number>;
  } catch (error) {
    // A rule that has to know the axes, as the one of a convolution does.
    if (error instanceof OutsetError) return null;
    throw error;
  }
  if (orthogonal) return { kind: 'orthogonal', gain: Math.abs(values[0]) };
  if (stream.asked.length > 1) return null;
  if (stream.asked.length === 1) return stream.asked[0];
  const first = values[0] ?? 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== first) return null;
  return { kind: 'constant', value: first };
}

/** Gives ones and remembers what was asked for. */
class NotedStream implements Stream {
  readonly dialect = 'noted';
  readonly precision = 'float64';
  readonly asked: (WeightDraw | null)[] = [];

  child(): Stream {
    return this;
  }

  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    this.asked.push(low === -high ? { kind: 'uniform', limit: high } : null);
    return out.fill(1) as Out;
  }

  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    this.asked.push(mean === 0 ? { kind: 'normal', std } : null);
    return out.fill(1) as Out;
  }

  truncatedNormal<Out extends RealArray>(out: Out, options: TruncatedNormalOptions = {}): Out {
    const { mean = 0, std = 1, lower = -2, upper = 2 } = options;
    const usual = mean === 0 && lower === -2 && upper === 2;
    this.asked.push(usual ? { kind: 'truncated-normal', std } : null);
    return out.fill(1) as Out;
  }

  bits(out: Uint32Array): Uint32Array {
    this.asked.push(null);
    return out.fill(1);
  }

  permutation(n: number): Uint32Array {
    this.asked.push(null);
    return Uint32Array.from({ length: n }, (_, i) => i);
  }
}
