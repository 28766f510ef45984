/**
 * A restricted Boltzmann machine as plain data.
 *
 *   E(v, h) = U_visible(v) + U_hidden(h) - vᵀ W h        p(v, h) = exp(-E(v, h)) / Z
 *
 * with U(x) = -biasᵀ x for discrete units (see units/ for the rest). These are always the plain parameters: centring
 * changes how they are learned, never what they mean.
 */
import type { Tensor } from '../tensor/tensor.ts';
import type { UnitSpec } from './units/unit-spec.ts';

/** Parameters of one layer of units. */
export interface LayerParameters {
  /** Shape [stateWidth]. */
  readonly bias: Float32Array;
  /** Shape [count]; only for Gaussian and rectified units. */
  readonly logPrecision?: Float32Array;
}

export interface Rbm {
  readonly visible: UnitSpec;
  readonly hidden: UnitSpec;
  /** Shape [stateWidth(visible), stateWidth(hidden)]: the layout of a dense layer, inputs first. */
  readonly weights: Tensor<'float32'>;
  readonly visibleParameters: LayerParameters;
  readonly hiddenParameters: LayerParameters;
}
