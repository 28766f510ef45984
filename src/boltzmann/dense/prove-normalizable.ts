import { exponential } from '../../random/elementary.ts';
import type { ParameterArrays } from '../learner.ts';
import { normalizability } from '../normalizable.ts';
import type { Rbm } from '../rbm.ts';
import { neutralUnits, unitsWith } from '../units/bind-units.ts';
import type { Units } from '../units/units.ts';

/**
 * Whether a model with these parameters certainly exists, see `normalizable.ts`. Two bounds on the largest singular value
 * of A^-½ W B^-½ are tried first: its Frobenius norm, and the root of its largest row sum times its largest column sum.
 * Where one is below 1 the joint precision is positive definite and nothing has to be factorized.
 */
export function proveNormalizable(
  rbm: Pick<Rbm, 'visible' | 'hidden'>,
  parameters: ParameterArrays,
): boolean {
  if (neutralUnits(rbm.visible).tail === null || neutralUnits(rbm.hidden).tail === null) return true;
  const bind = (layer: 'visible' | 'hidden'): Units => {
    const bias = Float64Array.from(parameters.get(`${layer} bias`)!);
    const logPrecision = parameters.get(`${layer} logPrecision`);
    if (logPrecision === undefined) return unitsWith(rbm[layer], { bias });
    return unitsWith(rbm[layer], { bias, precision: Float64Array.from(logPrecision, exponential) });
  };
  const [visible, hidden] = [bind('visible'), bind('hidden')];
  const weights = parameters.get('weights')!;
  const scale = (units: Units) => units.tail!.precision.map((p) => 1 / Math.sqrt(p));
  const [rowScale, columnScale] = [scale(visible), scale(hidden)];
  const n = hidden.width;
  const columnSums = new Float64Array(n);
  let [squares, largestRow] = [0, 0];
  for (let i = 0; i < visible.width; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) {
      const w = Math.abs(weights[i * n + j]) * rowScale[i] * columnScale[j];
      squares += w * w;
      row += w;
      columnSums[j] += w;
    }
    largestRow = Math.max(largestRow, row);
  }
  const largestColumn = columnSums.reduce((a, b) => Math.max(a, b), 0);
  if (squares < 1 || largestRow * largestColumn < 1) return true;
  return normalizability(visible, hidden, Float32Array.from(weights)) === 'yes';
}
