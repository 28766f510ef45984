import type { Finding, Prescription } from '../diagnosis.ts';
import { type Examination, type ExaminedLayer, examinedLayers } from './examination.ts';
import { ruleFor } from './remedy.ts';

/** Weights that cannot tell units apart, or that occur twice. */
export function symmetryFindings(examination: Examination): Finding[] {
  return [...zeros(examination), ...constants(examination), ...sharedSeeds(examination)];
}

/**
 * Layers of zeros. Allowed where another way leads around them (the branch of a residual block) and in the output layer, as
 * long as what feeds it moves: it gets a gradient from the first update on.
 */
function zeros(examination: Examination): Finding[] {
  const { subject } = examination;
  const inBranch = new Set(subject.blocks.flatMap(({ layers }) => layers));
  const layers = examinedLayers(examination);
  const zero = layers.filter(({ measured }) => measured.weights.count > 0 && measured.weights.zero === 1);
  const blocking = zero.filter(({ facts }) => !inBranch.has(facts.name) && !facts.last);
  if (blocking.length === 0) return [];
  return [found('zero-symmetry', blocking, zero, layers, 'zero-weights', 1)];
}

/** Layers all of whose units are equal, in and out: they get equal gradients, and stay equal. */
function constants(examination: Examination): Finding[] {
  const layers = examinedLayers(examination);
  const equal = layers.filter(({ facts, measured }) => {
    const { equalUnits, weights } = measured;
    const units = facts.weight.dims[facts.weight.layout?.outAxis ?? facts.weight.dims.length - 1];
    const hidden = !facts.last && facts.type !== 'embedding' && weights.zero < 1;
    return hidden && units > 1 && equalUnits.groups === 1 && equalUnits.units === units;
  });
  if (equal.length === 0) return [];
  return [found('constant-symmetry', equal, equal, layers, 'equal-units', 0)];
}

function found(
  code: 'zero-symmetry' | 'constant-symmetry',
  blamed: readonly ExaminedLayer[],
  changed: readonly ExaminedLayer[],
  layers: readonly ExaminedLayer[],
  quantity: string,
  threshold: number,
): Finding {
  const [first] = blamed;
  const sticks = code === 'zero-symmetry' || first.measured.equalOutgoing !== false;
  const value = code === 'zero-symmetry' ? first.measured.weights.zero : first.measured.equalUnits.units;
  return {
    code,
    layers: blamed.slice(0, 3).map(({ facts }) => facts.name),
    severity: sticks ? 'error' : 'warning',
    confidence: 1,
    evidence: [
      { quantity, layer: first.facts.name, measured: value, threshold },
      { quantity: 'layers-concerned', measured: blamed.length },
    ],
    prescription: freshWeights(first, changed, layers),
  };
}

/** New random weights for the layers concerned, by the rule of the first. */
function freshWeights(
  first: ExaminedLayer,
  concerned: readonly ExaminedLayer[],
  layers: readonly ExaminedLayer[],
): Prescription {
  const rule = ruleFor(first.facts.activation);
  if (rule === null) return { kind: 'start', start: 'lsuv' };
  // Zeros at the end are harmless once the rest moves, and the other way round the output must not stay constant.
  const names = (concerned.length === layers.length - 1 ? layers : concerned).map(({ facts }) => facts.name);
  return { kind: 'rule', layers: names, rule };
}

/** Layers of one shape with the same values: drawn twice from one seed. */
function sharedSeeds(examination: Examination): Finding[] {
  const { subject } = examination;
  const byContent = new Map<string, ExaminedLayer[]>();
  for (const layer of examinedLayers(examination)) {
    const values = subject.parameters.get(layer.facts.weight.name)?.data;
    const { std, zero } = layer.measured.weights;
    if (values === undefined || values.length < 8 || std === 0 || std === null || zero > 0.9) continue;
    const key = `${values.length} ${contentHash(values)}`;
    byContent.set(key, [...(byContent.get(key) ?? []), layer]);
  }
  const [largest] = [...byContent.values()]
    .filter((group) => distinct(group) > 1)
    .sort((a, b) => b.length - a.length);
  if (largest === undefined) return [];
  return [
    {
      code: 'shared-seed',
      layers: largest.slice(0, 3).map(({ facts }) => facts.name),
      severity: 'warning',
      confidence: 1,
      evidence: [{ quantity: 'equal-layers', measured: largest.length, threshold: 1 }],
      prescription: prescriptionFor(largest),
    },
  ];
}

/** A weight that is used twice is one weight, not two equal ones. */
function distinct(group: readonly ExaminedLayer[]): number {
  return new Set(group.map(({ facts }) => facts.weight.name)).size;
}

function prescriptionFor(group: readonly ExaminedLayer[]): Prescription | null {
  const rule = ruleFor(group[0].facts.activation);
  return rule === null ? null : { kind: 'rule', layers: group.slice(1).map(({ facts }) => facts.name), rule };
}

/** FNV-1a over the bits, of all values of a small weight, of some of a large one. */
function contentHash(values: Float32Array): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const stride = Math.max(1, Math.floor(words.length / 65_536));
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < words.length; i += stride) {
    hash = Math.imul(hash ^ words[i], 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
