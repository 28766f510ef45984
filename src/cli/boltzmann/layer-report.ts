import {
  meanHiddenFromVisible,
  meanVisibleFromHidden,
  sampleHiddenFromVisible,
  sampleVisibleFromHidden,
} from '../../boltzmann/conditionals.ts';
import { denseRows } from '../../boltzmann/convert-rows.ts';
import { freeEnergy } from '../../boltzmann/free-energy.ts';
import type { Rbm } from '../../boltzmann/rbm.ts';
import type { RbmEpochRecord } from '../../boltzmann/rbm-trainer.ts';
import type { RbmTrainingSpec } from '../../boltzmann/rbm-training-spec.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import { stateWidth, type UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import type { Stream } from '../../random/stream.ts';
import type { ImageShape, JudgedNumber, LayerReport, Words } from '../../report/boltzmann/rbm-report-data.ts';
import { localized } from '../../report/figures/figure.ts';
import { filterImages } from '../../report/images/filter-images.ts';
import { firstRows, imagesOf } from './pictures.ts';

const shownFilters = 144;
const shownReconstructions = 16;
const activityCases = 200;
const activityUnits = 1000;
const energyCases = 1000;

/** What a layer is shown by. */
export interface LayerSubject {
  readonly rbm: Rbm;
  readonly training: RbmTrainingSpec;
  readonly history: readonly RbmEpochRecord[];
  /** Rows of the layer's visible units. */
  readonly train: StateRows;
  readonly test: StateRows;
  readonly judgement: readonly JudgedNumber[];
  /** How the visible units are drawn; null where they are no image. */
  readonly shape: ImageShape;
  /** For layers above the first: carries columns of weights down to the data (linearly). */
  readonly toData?: (column: Float32Array) => Float32Array;
  readonly spectrum?: LayerReport['spectrum'];
  readonly chains?: LayerReport['chains'];
  /** Samples of the model, for their free energies. */
  readonly samples?: StateRows;
}

/** Fills in the report of one layer. */
export function layerReport(subject: LayerSubject): LayerReport {
  const { rbm, history, train, test, shape, toData, samples } = subject;
  const visible = stateWidth(rbm.visible);
  const hidden = stateWidth(rbm.hidden);
  const all = filterImages(rbm.weights.data, visible, hidden);
  // To carry a unit of an upper layer down to the data costs a product with every layer below.
  const columns = toData === undefined ? all : all.slice(0, shownFilters);
  const filters = columns.map((column) => toData?.(column) ?? column);
  const cases = firstRows(test, activityCases);
  const means = meanHiddenFromVisible(rbm, cases).data;
  const units = Math.min(hidden, activityUnits);
  const few = firstRows(test, shownReconstructions);
  const back = meanVisibleFromHidden(rbm, meanHiddenFromVisible(rbm, few)).data;
  const drawn = (data: Float32Array) => imagesOf(data, visible, few.count, shape);
  const energies = (rows: StateRows) => freeEnergy(rbm, firstRows(rows, energyCases));
  return {
    visible: unitWords(rbm.visible),
    hidden: unitWords(rbm.hidden),
    training: trainingFacts(subject.training),
    history: history.map(({ epoch, reconstructionError, freeEnergyGap, hiddenActivity }) => ({
      epoch,
      reconstructionError,
      freeEnergyGap,
      hiddenActivity,
    })),
    judgement: subject.judgement,
    filters: {
      shape,
      images: filters.flatMap((filter) => imagesOf(filter, filter.length, 1, shape)),
    },
    ...(toData === undefined && {
      reconstructions: {
        shape,
        originals: drawn(denseRows(rbm.visible, few).data),
        reconstructions: drawn(back),
      },
    }),
    hiddenActivity: {
      cases: cases.count,
      units,
      values: units === hidden ? means : leftColumns(means, hidden, units),
      scale:
        rbm.hidden.kind === 'spin'
          ? 'spin'
          : rbm.hidden.kind === 'bernoulli' || rbm.hidden.kind === 'potts'
            ? 'probability'
            : 'real',
    },
    freeEnergies: {
      train: energies(train),
      test: energies(test),
      ...(samples && { samples: energies(samples) }),
    },
    ...(subject.chains && { chains: subject.chains }),
    ...(subject.spectrum && { spectrum: subject.spectrum }),
  };
}

/** Chains of the model over time: states at these numbers of Gibbs steps, and means of the visible units for pictures. */
export async function watchChains(
  rbm: Rbm,
  start: StateRows,
  times: readonly number[],
  stream: Stream,
): Promise<{ means: Float32Array[]; end: StateRows }> {
  const means: Float32Array[] = [];
  let rows = start;
  let hidden = sampleHiddenFromVisible(rbm, rows, stream.child('begin'));
  for (let step = 0; step <= times[times.length - 1]; step++) {
    if (times.includes(step)) {
      means.push(step === 0 ? denseRows(rbm.visible, rows).data : meanVisibleFromHidden(rbm, hidden).data);
    }
    const noise = stream.child(step);
    rows = sampleVisibleFromHidden(rbm, hidden, noise.child('visible'));
    hidden = sampleHiddenFromVisible(rbm, rows, noise.child('hidden'));
  }
  return { means, end: rows };
}

/** `784 bernoulli`, `3 potts (4 states)`. */
export function unitWords(units: UnitSpec): Words {
  const states = units.kind === 'potts' ? units.states : 0;
  return localized(labels.units, { count: units.count, kind: units.kind, states });
}

/** The settings of a training, in words. */
export function trainingFacts(spec: RbmTrainingSpec): LayerReport['training'] {
  const { negative, optimizer, weightDecay, sparsity } = spec;
  const fact = (name: keyof typeof labels & `fact.${string}`, value: Words) =>
    [localized(labels[name] as (typeof labels)['fact.method'], {}), value] as const;
  const momentum =
    optimizer.name === 'adam'
      ? 'adam'
      : optimizer.initial === optimizer.final
        ? `momentum ${optimizer.final}`
        : `momentum ${optimizer.initial} → ${optimizer.final} (${optimizer.switchEpoch})`;
  return [
    fact('fact.method', methodName(negative)),
    fact('fact.centered', localized(spec.centered ? labels.yes : labels.no, {})),
    fact('fact.optimizer', momentum),
    fact('fact.learningRate', `${spec.learningRate}, ${spec.schedule.name}`),
    fact('fact.batch', String(spec.batchSize)),
    fact('fact.epochs', String(spec.epochs)),
    fact('fact.weightDecay', `L2 ${weightDecay.l2}${weightDecay.l1 === 0 ? '' : `, L1 ${weightDecay.l1}`}`),
    ...(sparsity === undefined ? [] : [fact('fact.sparsity', `${sparsity.target} (${sparsity.cost})`)]),
    fact('fact.grey', localized(labels[`grey.${spec.grey}`], {})),
  ];
}

/** `CD-1`, `PCD-5`, `PT-1 (10)`, `exact`. */
export function methodName(negative: RbmTrainingSpec['negative']): string {
  switch (negative.name) {
    case 'cd':
      return `CD-${negative.steps}`;
    case 'pcd':
      return `PCD-${negative.steps}`;
    case 'parallel-tempering':
      return `PT-${negative.steps} (${negative.temperatures})`;
    case 'exact':
      return 'exact';
  }
}

function leftColumns(data: Float32Array, width: number, kept: number): Float32Array {
  const rows = data.length / width;
  const out = new Float32Array(rows * kept);
  for (let row = 0; row < rows; row++) out.set(data.subarray(row * width, row * width + kept), row * kept);
  return out;
}
