/** What to write instead, by the activation of a layer. */
import { activationFunctionNames } from '../../initializers/activation-functions.ts';
import { criticalPoint } from '../../initializers/criticality.ts';
import type { Prescription } from '../diagnosis.ts';
import type { ExaminedLayer } from './examination.ts';

/** Bias variance for tanh and its like: so small that it only makes the fixed point one. */
const smallBias = 2e-5;

/**
 * The rule that keeps signal and gradient behind an activation: He for rectifiers, LeCun for SELU and linear layers,
 * orthogonal weights at the critical point for tanh and its like, the edge of chaos for the rest. A sigmoid has no useful
 * critical point: it gets a start by data.
 */
export function ruleFor(activation: string): string | null {
  switch (activation) {
    case 'relu':
      return 'he-normal';
    case 'leaky-relu':
      return 'he-normal(slope=0.01)';
    case 'linear':
      return 'orthogonal';
    case 'selu':
      return 'lecun-normal';
    case 'tanh':
    case 'erf':
    case 'hard-tanh':
    case 'softsign':
    case 'sin':
      return `orthogonal(gain=${criticalGain(activation)})`;
    case 'elu':
    case 'celu':
    case 'gelu':
    case 'gelu-tanh':
    case 'silu':
    case 'mish':
      return `activation-scaling(activation=${activation})`;
    default:
      return null;
  }
}

function criticalGain(activation: 'tanh' | 'erf' | 'hard-tanh' | 'softsign' | 'sin'): string {
  if (!(activationFunctionNames as readonly string[]).includes(activation)) return '1';
  try {
    return Math.sqrt(criticalPoint(activation, smallBias).weightVariance).toPrecision(4);
  } catch {
    return '1';
  }
}

/** The rule for all layers with the activation of a layer, or a start by data where no rule is known. */
export function remedyFor(layer: ExaminedLayer, layers: readonly ExaminedLayer[]): Prescription {
  const { activation } = layer.facts;
  const rule = ruleFor(activation);
  if (rule === null) return { kind: 'start', start: 'lsuv' };
  const alike = layers.filter(({ facts }) => facts.activation === activation && !facts.last);
  return { kind: 'rule', layers: alike.map(({ facts }) => facts.name), rule, bias: { rule: 'zeros' } };
}
