import type { Diagnosis, Prescription } from '../../doctor/diagnosis.ts';

/** What the worst finding asks for, else the next that asks for something that code can do. */
export function prescriptionsOf({ findings }: Diagnosis): Prescription[] {
  const first = findings.find(
    ({ prescription }) => prescription !== null && prescription.kind !== 'architecture',
  );
  return first?.prescription == null ? [] : [first.prescription];
}
