/** Mistakes in the standard deviation of weights that leave a trace: the wrong fan, and truncation that was not made up for. */
import type { Finding, FindingCode } from '../diagnosis.ts';
import type { ParameterProvenance } from '../measurement.ts';
import { type Examination, type ExaminedLayer, examinedLayers, rootMeanSquare } from './examination.ts';
import { ruleFor } from './remedy.ts';

/** fan · Var(w) of the usual rules: LeCun and Glorot, He, tanh with PyTorch's gain, PyTorch's default. */
const usual = [1, 2, 25 / 9, 1 / 3];
/** Var of a normal cut at two standard deviations, over that of the uncut. */
const truncated = 0.7737413035499233;

export function weightFindings(examination: Examination): Finding[] {
  const random = examinedLayers(examination).filter(
    ({ facts, measured }) =>
      measured.weights.zero < 0.5 && facts.type !== 'embedding' && measured.weights.count >= 64,
  );
  const provenance = new Map(examination.measurement.provenance.map((one) => [one.parameter, one]));
  const found: Finding[] = [];
  for (const [code, wrongFan] of fanMistakes) {
    const layers = random.filter((layer) => isMistaken(layer, wrongFan(layer)));
    const wanted = random.filter((layer) => differs(layer, wrongFan(layer)));
    // One layer may be by chance, and a rule may want the other fan: all of two or more, or one that has no other reading.
    const enough = code === 'fan-swapped' ? layers.length >= 2 && layers.length === wanted.length : true;
    if (layers.length > 0 && enough) found.push(fanFinding(code, layers, wrongFan));
  }
  const cut = random.filter(({ facts }) => isCut(facts.weight.fanIn, provenance.get(facts.weight.name)));
  if (cut.length > 0) found.push(truncationFinding(cut, provenance));
  return found;
}

type WrongFan = (layer: ExaminedLayer) => number | null;

const fanMistakes: readonly (readonly [FindingCode & `fan-${string}`, WrongFan])[] = [
  ['fan-swapped', ({ facts }) => (plain(facts.weight) ? facts.weight.fanOut : null)],
  [
    'fan-groups',
    ({ facts: { weight } }) => {
      const groups = weight.layout?.groups ?? 1;
      return groups > 1 ? weight.fanIn * groups : null;
    },
  ],
  [
    'fan-transposed',
    ({ facts: { weight } }) => {
      if (weight.layout?.transposed !== true) return null;
      const kernel = weight.layout.kernelAxes.reduce((product, axis) => product * weight.dims[axis], 1);
      return weight.dims[weight.layout.outAxis] * kernel;
    },
  ],
];

function plain({ layout }: ExaminedLayer['facts']['weight']): boolean {
  return (layout?.groups ?? 1) === 1 && layout?.transposed !== true;
}

/** True where the two fans are far enough apart to be told apart. */
function differs({ facts, measured }: ExaminedLayer, wrong: number | null): boolean {
  if (wrong === null) return false;
  return Math.abs(Math.log(wrong / facts.weight.fanIn)) > Math.max(0.35, 6 * spread(measured.weights.count));
}

/** True if the wrong fan times Var(w) is a usual number and the right one is not. */
function isMistaken(layer: ExaminedLayer, wrong: number | null): boolean {
  const size = rootMeanSquare(layer.measured.weights);
  if (wrong === null || size === null || !differs(layer, wrong)) return false;
  const tolerance = 4 * spread(layer.measured.weights.count);
  const near = (value: number) => usual.some((one) => Math.abs(Math.log(value / one)) < tolerance);
  const { fanIn, fanOut } = layer.facts.weight;
  const glorot = ((fanIn + fanOut) / 2) * size ** 2;
  return near(wrong * size ** 2) && !near(fanIn * size ** 2) && !near(glorot);
}

/** Standard deviation of log Var(w) over draws of `count` normal weights. */
const spread = (count: number): number => Math.sqrt(2 / count);

function fanFinding(
  code: FindingCode & `fan-${string}`,
  layers: readonly ExaminedLayer[],
  wrongFan: WrongFan,
): Finding {
  const worst = [...layers].sort((a, b) => distance(b, wrongFan) - distance(a, wrongFan));
  const [first] = worst;
  const size = rootMeanSquare(first.measured.weights) ?? 0;
  const wrong = wrongFan(first) ?? 1;
  const rule = ruleFor(first.facts.activation);
  return {
    code,
    layers: worst.slice(0, 3).map(({ facts }) => facts.name),
    severity: 'warning',
    confidence: layers.length > 2 ? 0.95 : 0.8,
    evidence: [
      { quantity: 'fan-variance', layer: first.facts.name, measured: first.facts.weight.fanIn * size ** 2 },
      { quantity: 'wrong-fan-variance', layer: first.facts.name, measured: wrong * size ** 2 },
    ],
    prescription: {
      ...(rule === null
        ? {
            kind: 'gain' as const,
            layers: worst.map(({ facts }) => facts.name),
            factor: Math.sqrt(wrong / first.facts.weight.fanIn),
          }
        : { kind: 'rule' as const, layers: worst.map(({ facts }) => facts.name), rule }),
    },
  };
}

function distance(layer: ExaminedLayer, wrongFan: WrongFan): number {
  return Math.abs(Math.log((wrongFan(layer) ?? 1) / layer.facts.weight.fanIn));
}

/** A normal cut at two standard deviations whose variance is a usual one times 0.774; or values that its cut rules out. */
function isCut(fanIn: number, provenance: ParameterProvenance | undefined): boolean {
  if (provenance === undefined) return false;
  if (provenance.outlier !== undefined && provenance.outlier.ratio > 1.2 * provenance.outlier.possible)
    return true;
  if (provenance.distribution !== 'truncated-normal' || provenance.weightVariance === null) return false;
  // LeCun and He, cut: 0.774 and 1.547. Keras and JAX divide by 0.8796 so that this does not happen.
  const tolerance = 4 / Math.sqrt(Math.max(64, fanIn));
  return [1, 2].some(
    (one) =>
      Math.abs(Math.log((provenance.weightVariance as number) / (truncated * one))) <
      Math.min(tolerance, 0.05),
  );
}

function truncationFinding(
  layers: readonly ExaminedLayer[],
  provenance: ReadonlyMap<string, ParameterProvenance>,
): Finding {
  const [first] = layers;
  const origin = provenance.get(first.facts.weight.name) as ParameterProvenance;
  const names = layers.map(({ facts }) => facts.name);
  return {
    code: 'wrong-truncation',
    layers: names.slice(0, 3),
    severity: 'warning',
    confidence: 0.8,
    evidence:
      origin.outlier === undefined
        ? [{ quantity: 'fan-variance', layer: names[0], measured: origin.weightVariance }]
        : [
            {
              quantity: 'outlier',
              layer: names[0],
              measured: origin.outlier.ratio,
              threshold: origin.outlier.possible,
            },
          ],
    prescription:
      origin.outlier === undefined ? { kind: 'gain', layers: names, factor: 1 / Math.sqrt(truncated) } : null,
  };
}
