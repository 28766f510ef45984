import type { ParameterShape } from '../../initializers/initializer.ts';
import { initialize } from '../../initializers/initializer-rule.ts';
import { parseRule } from '../../initializers/registry.ts';
import { threefry } from '../../random/index.ts';
import type { Stream } from '../../random/stream.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Prescription } from '../diagnosis.ts';
import { isBounded } from '../findings/examination.ts';
import { ruleFor } from '../findings/remedy.ts';
import type { ExaminationBatch } from '../measure/batch.ts';
import type { Subject, SubjectLayer } from '../subject.ts';
import { looksLinear } from './looks-linear.ts';
import { scaleForward } from './scale-forward.ts';

export type DraftValues = Map<string, Tensor<'float32'>>;

export interface ApplyContext {
  readonly subject: Subject;
  readonly batch: ExaminationBatch;
  readonly runtime: Runtime;
  readonly seed: number;
}

/** Variance of pre-activations that a start by data aims at; small where the activation is bounded, to stay off the flat part. */
const targets = { bounded: 0.25, other: 1, output: 0.1 } as const;

/**
 * The parameters with a prescription carried out; the given ones stay as they are. A learning rate and advice on the
 * architecture change no parameter.
 * @returns null where it cannot be carried out on this subject
 */
export async function applyPrescription(
  prescription: Prescription,
  values: ReadonlyMap<string, Tensor<'float32'>>,
  context: ApplyContext,
): Promise<DraftValues | null> {
  const { subject, seed } = context;
  const draft: DraftValues = new Map(
    [...values].map(([name, { dims, data }]) => [name, tensor('float32', dims, Float32Array.from(data))]),
  );
  const stream = threefry(seed).child('doctor').child('fix');
  switch (prescription.kind) {
    case 'gain':
      for (const layer of named(subject, prescription.layers))
        multiply(draft, layer.weight, prescription.factor);
      return draft;
    case 'bias':
      for (const { bias } of named(subject, prescription.layers)) {
        if (bias !== undefined) draw(draft, prescription.rule, [bias], stream);
      }
      return draft;
    case 'rule': {
      const layers = named(subject, prescription.layers);
      draw(
        draft,
        prescription.rule,
        layers.map(({ weight }) => weight),
        stream,
      );
      const biases = layers.flatMap(({ bias }) => (bias === undefined ? [] : [bias]));
      if (prescription.bias !== undefined) draw(draft, prescription.bias.rule, biases, stream);
      return draft;
    }
    case 'input-scaling':
      scaleInputs(subject, draft, prescription);
      return draft;
    case 'start':
      return startByData(prescription.start, draft, context, stream);
    default:
      return draft;
  }
}

function named({ layers }: Subject, names: readonly string[]): SubjectLayer[] {
  return layers.filter(({ name }) => names.includes(name));
}

function multiply(draft: DraftValues, shape: ParameterShape, factor: number): void {
  const data = draft.get(shape.name)?.data ?? new Float32Array(0);
  for (let i = 0; i < data.length; i++) data[i] *= factor;
}

function draw(draft: DraftValues, rule: string, shapes: readonly ParameterShape[], stream: Stream): void {
  for (const [name, value] of initialize(parseRule(rule), stream, shapes)) {
    if (draft.has(name)) draft.set(name, value);
  }
}

/** (x - mean) / std, taken into the first weights: W / std, b - mean / std times the sum of each unit's weights. */
function scaleInputs({ layers }: Subject, draft: DraftValues, scaling: { mean: number; std: number }): void {
  const [first] = layers;
  if (first === undefined) return;
  multiply(draft, first.weight, 1 / scaling.std);
  const bias = first.bias === undefined ? undefined : draft.get(first.bias.name);
  const weight = draft.get(first.weight.name);
  const outAxis = first.weight.layout?.outAxis;
  if (bias === undefined || weight === undefined || outAxis === undefined) return;
  const inner = first.weight.dims.slice(outAxis + 1).reduce((product, length) => product * length, 1);
  const units = first.weight.dims[outAxis];
  for (let i = 0; i < weight.data.length; i++) {
    bias.data[Math.floor(i / inner) % units] -= scaling.mean * weight.data[i];
  }
}

/** `looks-linear`, or by data: random directions by the layers' own rules, lengths by the batch. */
async function startByData(
  start: string,
  draft: DraftValues,
  { subject, batch, runtime }: ApplyContext,
  stream: Stream,
): Promise<DraftValues | null> {
  if (start === 'looks-linear') {
    for (const [name, value] of looksLinear(subject, stream)) draft.set(name, value);
    return draft;
  }
  for (const { weight, bias, activation, last } of subject.layers) {
    draw(draft, last ? 'lecun-normal' : directionsFor(activation), [weight], stream);
    if (bias !== undefined) draw(draft, 'zeros', [bias], stream);
  }
  resetScales(subject, draft, stream);
  shrinkBranches(subject, draft);
  const target = ({ last, activation }: SubjectLayer) =>
    last ? targets.output : isBounded(activation) ? targets.bounded : targets.other;
  if (subject.blocks.length > 0) return draft;
  return (await scaleForward(subject, draft, batch, runtime, target)) ? draft : null;
}

function directionsFor(activation: string): string {
  const rule = ruleFor(activation);
  return rule?.startsWith('orthogonal')
    ? rule
    : activation === 'linear'
      ? 'he-normal'
      : 'orthogonal(gain=relu)';
}

/** Scales of normalizations 1, shifts 0. */
function resetScales({ parameterShapes }: Subject, draft: DraftValues, stream: Stream): void {
  draw(
    draft,
    'he-normal',
    parameterShapes.filter(({ role }) => role === 'scale' || role === 'shift'),
    stream,
  );
}

/** The last layer of each of L residual branches by 1 / sqrt(L). */
function shrinkBranches({ blocks, layers }: Subject, draft: DraftValues): void {
  for (const block of blocks) {
    const last = layers.find(({ name }) => name === block.layers.at(-1));
    if (last !== undefined && !last.normalized) multiply(draft, last.weight, 1 / Math.sqrt(blocks.length));
  }
}
