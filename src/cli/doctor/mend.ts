import { diagnose } from '../../doctor/diagnose.ts';
import type { Diagnosis, Prescription, TrainingPlan } from '../../doctor/diagnosis.ts';
import type { ExaminationBatch } from '../../doctor/measure/batch.ts';
import type { Subject } from '../../doctor/subject.ts';
import { initialize } from '../../initializers/initializer-rule.ts';
import { parseRule } from '../../initializers/registry.ts';
import { openStream } from '../../random/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';

/** Prescriptions that are tried one after the other, each on what the one before left. */
const mostRounds = 3;

export interface MendOptions {
  readonly batch: ExaminationBatch;
  readonly plan: TrainingPlan;
  readonly runtime: Runtime;
  readonly seed: number;
}

export interface Mended {
  readonly subject: Subject;
  readonly prescriptions: readonly Prescription[];
  readonly after: Diagnosis;
}

/**
 * Applies the prescription of the worst finding that asks for other weights, examines again, and goes on while the network
 * is not said to learn and something is left to apply. Null where no finding asks for other weights.
 */
export async function mend(
  subject: Subject,
  before: Diagnosis,
  { seed, ...options }: MendOptions,
): Promise<Mended | null> {
  let state: Mended = { subject, prescriptions: [], after: before };
  for (let round = 0; round < mostRounds; round++) {
    const prescription = state.after.findings
      .filter(({ severity }) => severity !== 'note')
      .map((finding) => finding.prescription)
      .find((one) => one !== null && changesWeights(one) && !isIn(one, state.prescriptions));
    if (prescription == null) break;
    const values = apply(state.subject, prescription, seed);
    const next = { ...state.subject, parameters: values };
    const { build } = subject;
    const mendedSubject: Subject = build === undefined ? next : { ...next, build };
    const after = await diagnose({ ...options, subject: mendedSubject });
    state = { subject: mendedSubject, prescriptions: [...state.prescriptions, prescription], after };
    if (after.verdict.name === 'learns') break;
  }
  return state.prescriptions.length === 0 ? null : state;
}

function changesWeights({ kind }: Prescription): boolean {
  return kind === 'gain' || kind === 'rule' || kind === 'bias';
}

function isIn(one: Prescription, list: readonly Prescription[]): boolean {
  return list.some((other) => JSON.stringify(other) === JSON.stringify(one));
}

/** Values of all parameters with a prescription applied; what it does not name keeps its own. */
export function apply(
  subject: Subject,
  prescription: Prescription,
  seed: number,
): Map<string, Tensor<'float32'>> {
  const values = new Map(subject.parameters);
  if (!('layers' in prescription)) return values;
  const wanted = new Set(prescription.layers);
  const layers = subject.layers.filter(({ name }) => wanted.has(name));
  const stream = openStream('threefry', seed).child('doctor').child('fix');
  const draw = (rule: string, part: 'weight' | 'bias') => {
    const shapes = layers.flatMap((layer) => layer[part] ?? []);
    for (const [name, value] of initialize(parseRule(rule), stream, shapes)) values.set(name, value);
  };
  if (prescription.kind === 'gain') {
    for (const { weight } of layers) {
      const value = values.get(weight.name);
      if (value === undefined) continue;
      const data = value.data.map((one) => one * prescription.factor);
      values.set(weight.name, tensor('float32', value.dims, data));
    }
  } else if (prescription.kind === 'rule') {
    draw(prescription.rule, 'weight');
    if (prescription.bias !== undefined) draw(prescription.bias.rule, 'bias');
  } else draw(prescription.rule, 'bias');
  return values;
}
