/**
 * The seam between annealed importance sampling and whoever moves its chains. `reference-ais.ts` does it in double
 * precision for every kind of units; kernels do it fast for discrete ones. Both walk the same path of distributions,
 *
 *   E_β(v, h) = (1 - β) E_base(v, h) + β E(v, h),   0 <= β <= 1,
 *
 * where the base has no weights: visible units with parameters of their own, hidden units with bias 0 and the
 * precision of the model's. Summed over h,
 *
 *   log f_β(v) = -U_β(v) + Σ_j Γ_{β,j}(β Σ_i v_i W_ij),
 *
 * with U_β and Γ_β of units whose biases and precisions are interpolated (Salakhutdinov & Murray 2008, eq. 14-17).
 */
import type { Stream } from '../../random/stream.ts';
import type { LayerParameters, Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';

export interface AisPath {
  /** The model, at β = 1. */
  readonly rbm: Rbm;
  /** Visible units at β = 0. */
  readonly base: LayerParameters;
}

export interface AisEngine {
  /**
   * Puts chains on the path.
   *
   * @param start  where they begin; null draws `count` of them from the base
   * @param stream  everything random comes from it
   */
  open(path: AisPath, start: StateRows | null, count: number, stream: Stream): AisChains | Promise<AisChains>;
}

export interface AisChains {
  /**
   * For each pair β, β' of neighbours in `betas`: adds log f_β'(v) - log f_β(v) to the log weight of every chain, then
   * moves it by one Gibbs step v -> h -> v at β'. The β may rise, fall or stay; `betas[0]` is where the last call
   * ended.
   *
   * @returns what each chain's log weight gained in this call, shape [count]
   */
  advance(betas: Float64Array): Float64Array | Promise<Float64Array>;
  /** A copy of the visible states. */
  states(): StateRows;
  /** Gives back threads and memory. */
  dispose(): void;
}
