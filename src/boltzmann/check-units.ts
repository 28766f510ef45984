import { OutsetError } from '../messages/error.ts';
import type { UnitKind, UnitSpec } from './units/unit-spec.ts';

export type LayerName = 'visible' | 'hidden';

/** The kinds of units. */
export const unitKinds: readonly UnitKind[] = ['bernoulli', 'spin', 'potts', 'gaussian', 'relu', 'nrelu'];

/** @throws boltzmann.bad_units */
export function checkUnits(spec: UnitSpec, layer: LayerName): void {
  const refuse = (field: string, expected: string, got: unknown): never => {
    throw new OutsetError('boltzmann.bad_units', { layer, field, expected, got: String(got) });
  };
  if (!unitKinds.includes(spec.kind)) refuse('kind', unitKinds.join(' | '), spec.kind);
  if (!(Number.isInteger(spec.count) && spec.count >= 1 && spec.count <= 1 << 24)) {
    refuse('count', 'a whole number from 1 to 2^24', spec.count);
  }
  if (spec.kind === 'potts' && !(Number.isInteger(spec.states) && spec.states >= 2 && spec.states <= 65536)) {
    refuse('states', 'a whole number from 2 to 65536', spec.states);
  }
}
