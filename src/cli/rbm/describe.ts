import { meanVisibleFromHidden, sampleHiddenFromVisible } from '../../boltzmann/conditionals.ts';
import { denseRows } from '../../boltzmann/convert-rows.ts';
import type { AisEngine } from '../../boltzmann/judge/ais-engine.ts';
import { equilibrate } from '../../boltzmann/judge/reverse-ais.ts';
import type { Rbm } from '../../boltzmann/rbm.ts';
import type { RbmEpochRecord } from '../../boltzmann/rbm-trainer.ts';
import { rowsFromFeatures } from '../../boltzmann/rows-from-features.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import { stateWidth } from '../../boltzmann/units/unit-spec.ts';
import { unstandardize } from '../../data/standardize.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import type { Stream } from '../../random/stream.ts';
import type { LayerReport } from '../../report/boltzmann/rbm-report-data.ts';
import { localized } from '../../report/figures/figure.ts';
import { singularValues } from '../../tensor/singular-values.ts';
import { randomRows } from '../boltzmann/draw-samples.ts';
import { conventionOf, judgeLayer } from '../boltzmann/judge-layer.ts';
import { layerReport, watchChains } from '../boltzmann/layer-report.ts';
import { imageShapeOf, imagesOf } from '../boltzmann/pictures.ts';
import type { StateData } from '../boltzmann/state-data.ts';
import type { RbmPlan } from './plan.ts';
import type { RbmNews } from './protocol.ts';

export interface Described {
  readonly plan: RbmPlan;
  /** Before training and after. */
  readonly start: Rbm;
  readonly rbm: Rbm;
  readonly history: readonly RbmEpochRecord[];
  readonly states: StateData;
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly engine: AisEngine;
  readonly stream: Stream;
}

const chains = 10;
const chainTimes = [0, 1, 10, 100, 300];
const sampleCount = 80;
const sampleSteps = 2000;

/** Everything that is shown of a trained RBM: its worth, filters, samples, histories. */
export async function describeRbm(
  subject: Described,
  say: (news: RbmNews) => void,
): Promise<{ layer: LayerReport; samples: Float32Array[] }> {
  const { plan, rbm, states, stream } = subject;
  const width = stateWidth(rbm.visible);
  const shape = imageShapeOf(subject.shape, rbm.visible);
  // Levels between two states have no probability: they are drawn once, as the convention of the numbers says.
  const judged = { train: settled(plan, states.train, stream), test: settled(plan, states.test, stream) };
  const judgement = await judgeLayer(rbm, {
    method: plan.likelihood,
    ...judged,
    convention: conventionOf(rbm.visible, plan.training.grey, plan.hasGrey),
    engine: subject.engine,
    stream: stream.child('judge'),
    onProgress: (done, of) => say({ type: 'judging', done, of }),
  });
  const start = randomRows(rbm, chains, stream.child('chains').child('start'));
  const { means, end } = await watchChains(rbm, start, chainTimes, stream.child('chains'));
  const shown = (rows: Float32Array, count: number) =>
    imagesOf(
      states.standardization === undefined ? rows : unstandardize(rows, states.standardization),
      width,
      count,
      shape,
    );
  const columns = means.map((rows) => shown(rows, chains));
  const drawn = fastUnits(rbm) ? await drawMany(subject) : { rows: end, means: means[means.length - 1] };
  const { data, dims } = subject.start.weights;
  const layer = layerReport({
    rbm,
    training: plan.training,
    history: subject.history,
    ...judged,
    judgement: judgement.numbers,
    shape,
    samples: drawn.rows,
    spectrum: { before: singularValues(data, dims[0], dims[1]), after: judgement.singularValues },
    chains: {
      shape,
      columns: chainTimes.map((steps) => localized(labels.chainTime, { steps })),
      rows: Array.from({ length: chains }, (_, chain) => ({
        name: localized(labels.chainNumber, { chain: chain + 1 }),
        images: columns.map((images) => images[chain]),
      })),
    },
  });
  return { layer, samples: shown(drawn.means, drawn.rows.count) };
}

/** Units that the kernels move, so that many long chains cost little. */
function fastUnits({ visible, hidden }: Rbm): boolean {
  const two = ['bernoulli', 'spin'];
  return (two.includes(visible.kind) || visible.kind === 'potts') && two.includes(hidden.kind);
}

/** Samples of the model from random states: where long chains end, and the means of the visible units there. */
async function drawMany({
  rbm,
  engine,
  stream,
}: Described): Promise<{ rows: StateRows; means: Float32Array }> {
  const own = stream.child('samples');
  const start = randomRows(rbm, sampleCount, own.child('start'));
  const rows = await equilibrate(rbm, start, sampleSteps, { stream: own, engine });
  const hidden = sampleHiddenFromVisible(rbm, rows, own.child('hidden'));
  return { rows, means: meanVisibleFromHidden(rbm, hidden).data };
}

/** Rows without grey levels. */
function settled(plan: RbmPlan, rows: StateRows, stream: Stream): StateRows {
  if (rows.form === 'dense' || rows.values === undefined) return rows;
  const { data, count, width } = denseRows(plan.visible, rows);
  return rowsFromFeatures(plan.visible, 'sampled', { count, width, features: data }, stream.child('judged'));
}
