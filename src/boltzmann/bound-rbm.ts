import type { RealArray } from '../random/stream.ts';
import type { Rbm } from './rbm.ts';
import { bindUnits } from './units/bind-units.ts';
import type { Units } from './units/units.ts';

/** A model with its units ready to compute. Weights may be in double precision here. */
export interface BoundRbm {
  readonly visible: Units;
  readonly hidden: Units;
  /** Shape [visible.width, hidden.width]. */
  readonly weights: RealArray;
}

export function bindRbm(rbm: Rbm): BoundRbm {
  return {
    visible: bindUnits(rbm.visible, rbm.visibleParameters),
    hidden: bindUnits(rbm.hidden, rbm.hiddenParameters),
    weights: rbm.weights.data,
  };
}
