import { exponential } from '../../random/elementary.ts';
import type { LayerParameters } from '../rbm.ts';
import { bernoulliUnits } from './bernoulli.ts';
import { gaussianUnits } from './gaussian.ts';
import { nreluUnits } from './nrelu.ts';
import { pottsUnits } from './potts.ts';
import { reluUnits } from './relu.ts';
import { spinUnits } from './spin.ts';
import { stateWidth, type UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

/** Kinds of units with a precision to learn. */
export function hasPrecision(spec: UnitSpec): boolean {
  return spec.kind === 'gaussian' || spec.kind === 'relu';
}

/** The units of a layer with their parameters. Expects what {@link checkRbm} has seen. */
export function bindUnits(spec: UnitSpec, parameters: LayerParameters): Units {
  const bias = Float64Array.from(parameters.bias);
  return unitsWith(
    spec,
    hasPrecision(spec)
      ? { bias, precision: Float64Array.from(parameters.logPrecision!, exponential) }
      : { bias },
  );
}

/** Units with bias 0 and precision 1, where only their kind matters. */
export function neutralUnits(spec: UnitSpec): Units {
  const bias = new Float64Array(stateWidth(spec));
  return unitsWith(
    spec,
    hasPrecision(spec) ? { bias, precision: new Float64Array(bias.length).fill(1) } : { bias },
  );
}

/** Units with values in double precision. */
export function unitsWith(spec: UnitSpec, values: LayerValues): Units {
  switch (spec.kind) {
    case 'bernoulli':
      return bernoulliUnits(spec, values);
    case 'spin':
      return spinUnits(spec, values);
    case 'potts':
      return pottsUnits(spec, values);
    case 'gaussian':
      return gaussianUnits(spec, values);
    case 'relu':
      return reluUnits(spec, values);
    case 'nrelu':
      return nreluUnits(spec, values);
  }
}
