import { parameterShape } from '../../initializers/fans.ts';
import type { Dims } from '../../tensor/tensor.ts';
import type { NetworkPlan } from '../plan.ts';

/** Declares the learned scale (starts at 1) and shift (starts at 0) of a normalization. */
export function declareScaleShift(
  plan: NetworkPlan,
  name: string,
  dims: Dims,
): { scale: string; shift: string } {
  return {
    scale: plan.parameter(parameterShape({ name: `${name}.scale`, role: 'scale', dims })),
    shift: plan.parameter(parameterShape({ name: `${name}.shift`, role: 'shift', dims })),
  };
}
