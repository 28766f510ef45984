import type { LayerSpec, NetworkSpec } from '../network/spec.ts';
import type { LayerTrace, SignalTrace } from './trace.ts';

/** What a start with equal weights does to a network, told from its trace. */
export interface ZeroStartFinding {
  /**
   * - `nothing-moves`: every gradient is exactly 0.
   * - `only-last-bias-moves`: for ever, because what feeds the last weights and what they pass back are both 0.
   * - `units-stay-equal`: weights move, but all units of the named layers get equal gradients, so that each layer
   *   stays as good as one unit wide.
   */
  readonly kind: 'nothing-moves' | 'only-last-bias-moves' | 'units-stay-equal';
  /** Parameters of layers with a gradient that is not exactly 0 in this trace, e.g. `dense3.bias`. */
  readonly moving: readonly string[];
  /** Parameters whose gradient is exactly 0 everywhere. */
  readonly frozen: readonly string[];
  /** Hidden layers whose units are all equal and get equal gradients. */
  readonly equalLayers: readonly string[];
}

/**
 * Says what really happens from a start such as all zeros, derived from measured gradients and weights alone; null
 * where no such thing is seen.
 *
 * With ReLU or tanh, zeros make every hidden activation 0, so the last weights get no gradient, and being 0 they pass
 * none back: only the last bias moves, for ever. With sigmoid the hidden activations are 1/2: the last weights move,
 * but every unit of a hidden layer has equal incoming and equal outgoing weights, hence equal gradients, for ever.
 *
 * @param spec the traced network; random dropout masks break the equality, so with dropout before a layer's outgoing
 * weights the units of that layer are not called equal for ever. Without it the trace is taken for a plain chain.
 */
export function explainZeroStart(trace: SignalTrace, spec?: NetworkSpec): ZeroStartFinding | null {
  const { layers } = trace;
  const last = layers[layers.length - 1];
  if (last === undefined || layers.some(isBroken)) return null;
  const moving: string[] = [];
  const frozen: string[] = [];
  for (const layer of layers) {
    (isZero(layer.gradients.weights) ? frozen : moving).push(`${layer.name}.weight`);
    if (layer.gradients.biases !== null) {
      (isZero(layer.gradients.biases) ? frozen : moving).push(`${layer.name}.bias`);
    }
  }
  const equalLayers = mayBreakEquality(spec?.layers ?? []) ? [] : equalHiddenLayers(layers);
  const found = (kind: ZeroStartFinding['kind']) => ({ kind, moving, frozen, equalLayers });
  if (moving.length === 0) return found('nothing-moves');
  const feeding = layers[layers.length - 2];
  const deaf = feeding !== undefined && isZero(feeding.activations);
  if (moving.length === 1 && moving[0] === `${last.name}.bias` && deaf) return found('only-last-bias-moves');
  return equalLayers.length > 0 ? found('units-stay-equal') : null;
}

/**
 * Hidden layers in which no unit differs from another, neither in what comes in nor in what goes out: swapping two
 * units changes nothing, so their gradients are equal, and stay so.
 */
function equalHiddenLayers(layers: readonly LayerTrace[]): string[] {
  const equal: string[] = [];
  for (let i = 0; i + 1 < layers.length; i++) {
    const { equalUnits, equalOutgoing, name } = layers[i];
    const units = unitsOf(layers[i]);
    if (units > 1 && equalUnits.groups === 1 && equalUnits.units === units && equalOutgoing === true)
      equal.push(name);
  }
  return equal;
}

/** Units of a layer: weights divided by the inputs of each. */
function unitsOf({ weights, fanIn }: LayerTrace): number {
  return weights.count / fanIn;
}

/** Masks differ from unit to unit. Blocks add signals that the chain of traced layers does not show. */
function mayBreakEquality(layers: readonly LayerSpec[]): boolean {
  return layers.some(({ type }) => type === 'dropout' || type === 'residual');
}

function isBroken({ weights, gradients }: LayerTrace): boolean {
  return weights.notFinite > 0 || gradients.weights.notFinite > 0;
}

function isZero({ zero }: { readonly zero: number }): boolean {
  return zero === 1;
}
