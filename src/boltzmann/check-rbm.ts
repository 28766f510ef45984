import { OutsetError } from '../messages/error.ts';
import { checkUnits, type LayerName } from './check-units.ts';
import { normalizability } from './normalizable.ts';
import type { LayerParameters, Rbm } from './rbm.ts';
import { bindUnits, hasPrecision } from './units/bind-units.ts';
import { stateWidth, type UnitSpec } from './units/unit-spec.ts';

/**
 * Checks that a model is well formed and exists: known units, shapes that fit, finite numbers, and a partition
 * function that is finite. Which pairs of units are valid is said in `normalizable.ts`.
 *
 * @throws boltzmann.bad_units, boltzmann.bad_rbm, boltzmann.not_normalizable, boltzmann.not_shown_normalizable
 */
export function checkRbm(rbm: Rbm): void {
  checkUnits(rbm.visible, 'visible');
  checkUnits(rbm.hidden, 'hidden');
  const dims = [stateWidth(rbm.visible), stateWidth(rbm.hidden)];
  const { weights } = rbm;
  const shape = (of: readonly number[], type: string) => `${type} [${of.join(', ')}]`;
  if (shape(weights.dims, weights.dtype) !== shape(dims, 'float32')) {
    refuse('weights', shape(dims, 'float32'), shape(weights.dims, weights.dtype));
  }
  checkFinite('weights', weights.data);
  checkLayer('visible', rbm.visible, rbm.visibleParameters);
  checkLayer('hidden', rbm.hidden, rbm.hiddenParameters);
  const answer = normalizability(
    bindUnits(rbm.visible, rbm.visibleParameters),
    bindUnits(rbm.hidden, rbm.hiddenParameters),
    weights.data,
  );
  const pair = { visible: rbm.visible.kind, hidden: rbm.hidden.kind };
  if (answer === 'no') throw new OutsetError('boltzmann.not_normalizable', pair);
  if (answer === 'not-shown') throw new OutsetError('boltzmann.not_shown_normalizable', pair);
}

function checkLayer(layer: LayerName, spec: UnitSpec, { bias, logPrecision }: LayerParameters): void {
  const width = stateWidth(spec);
  if (bias.length !== width) refuse(`${layer} bias`, `float32 [${width}]`, `float32 [${bias.length}]`);
  checkFinite(`${layer} bias`, bias);
  if (!hasPrecision(spec)) {
    if (logPrecision !== undefined)
      refuse(`${layer} logPrecision`, 'none', `float32 [${logPrecision.length}]`);
    return;
  }
  const got = logPrecision === undefined ? 'nothing' : `float32 [${logPrecision.length}]`;
  if (got !== `float32 [${spec.count}]`) refuse(`${layer} logPrecision`, `float32 [${spec.count}]`, got);
  const outside = logPrecision!.findIndex((x) => !(Math.abs(x) <= 60));
  if (outside >= 0) refuse(`${layer} logPrecision[${outside}]`, '-60 ... 60', String(logPrecision![outside]));
}

function checkFinite(part: string, values: Float32Array): void {
  const bad = values.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) refuse(`${part}[${bad}]`, 'a finite number', String(values[bad]));
}

function refuse(part: string, expected: string, got: string): never {
  throw new OutsetError('boltzmann.bad_rbm', { part, expected, got });
}
