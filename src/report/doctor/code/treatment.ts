/** Prescriptions sorted by what code has to do, the same for every framework. */
import type { Diagnosis, Prescription } from '../../../doctor/diagnosis.ts';
import type { OptimizerSpec } from '../../../training/spec.ts';
import { groupLayers, type LayerGroup } from './layer-groups.ts';
import { type CodeLayer, weightDraw } from './weight-draw.ts';

/** One thing that code does. */
export type Treatment =
  /** Draw weights, and biases where a rule for them is given, anew. */
  | {
      readonly kind: 'draw';
      readonly rule: string;
      readonly part: 'weight' | 'bias';
      readonly group: LayerGroup;
    }
  | { readonly kind: 'gain'; readonly names: readonly string[]; readonly factor: number }
  | { readonly kind: 'input'; readonly mean: number; readonly std: number }
  | { readonly kind: 'rate'; readonly optimizer: OptimizerSpec; readonly rate: number }
  /** Only Outset can: load the weights that it writes. */
  | { readonly kind: 'file' };

/** What code has to do for some prescriptions; advice on the architecture is not code. */
export function treatmentsOf(prescriptions: readonly Prescription[], diagnosis: Diagnosis): Treatment[] {
  const treatments = prescriptions.flatMap((one) => treatment(one, diagnosis));
  const file = treatments.findIndex(({ kind }) => kind === 'file');
  // The file has all weights: what else changes weights is in it.
  if (file < 0) return treatments;
  return [{ kind: 'file' }, ...treatments.filter(({ kind }) => kind === 'input' || kind === 'rate')];
}

function treatment(prescription: Prescription, { subject, verdict }: Diagnosis): Treatment[] {
  const byName = new Map(subject.layers.map((layer) => [layer.name, layer]));
  const named = (names: readonly string[]): CodeLayer[] =>
    names.flatMap((name) => {
      const layer = byName.get(name);
      return layer === undefined ? [] : [layer];
    });
  const draws = (names: readonly string[], rule: string, part: 'weight' | 'bias'): Treatment[] => {
    const groups = groupLayers(named(names), (layer) => weightDraw(rule, layer, part));
    if (groups.some(({ draw }) => draw === null)) return [{ kind: 'file' }];
    return groups.map((group) => ({ kind: 'draw', rule, part, group }));
  };
  switch (prescription.kind) {
    case 'gain':
      return [{ kind: 'gain', names: prescription.layers, factor: prescription.factor }];
    case 'rule':
      return [
        ...draws(prescription.layers, prescription.rule, 'weight'),
        ...(prescription.bias === undefined
          ? []
          : draws(prescription.layers, prescription.bias.rule, 'bias')),
      ];
    case 'bias':
      return draws(prescription.layers, prescription.rule, 'bias');
    case 'input-scaling':
      return [{ kind: 'input', mean: prescription.mean, std: prescription.std }];
    case 'learning-rate':
      return [{ kind: 'rate', optimizer: verdict.plan.optimizer, rate: prescription.learningRate }];
    case 'start':
      return [{ kind: 'file' }];
    case 'architecture':
      return [];
  }
}
