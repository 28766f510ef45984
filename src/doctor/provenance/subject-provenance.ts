import type { ParameterProvenance } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { parameterProvenance } from './parameter-provenance.ts';
import { recoverSeed } from './recover-seed.ts';

/** Where every weight of a subject seems to come from, with seed and dialect where a common seed gives its numbers. */
export function subjectProvenance(subject: Subject): ParameterProvenance[] {
  const found = subject.parameterShapes.flatMap((shape) => {
    const value = subject.parameters.get(shape.name);
    if (value === undefined || shape.role !== 'weight') return [];
    const stored = subject.storedAs.get(shape.name);
    return [parameterProvenance(shape, value, stored === 'float16' || stored === 'bfloat16')];
  });
  const exact = recoverSeed(subject, found);
  return found.map((one) => {
    const origin = exact.get(one.parameter);
    return origin === undefined ? one : { ...one, exact: origin };
  });
}
