import type { Dims } from '../../tensor/tensor.ts';
import type { NetworkPlan } from '../plan.ts';

/** Declares the learned scale (starts at 1) and shift (starts at 0) of a normalization. */
export function declareScaleShift(
  plan: NetworkPlan,
  name: string,
  dims: Dims,
): { scale: string; shift: string } {
  const fans = { fanIn: 1, fanOut: 1 };
  return {
    scale: plan.parameter({ name: `${name}.scale`, role: 'scale', dims, ...fans }),
    shift: plan.parameter({ name: `${name}.shift`, role: 'shift', dims, ...fans }),
  };
}
