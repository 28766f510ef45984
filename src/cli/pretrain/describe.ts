import { appendLabels } from '../../boltzmann/dbn/dense-rows.ts';
import { generateSamples } from '../../boltzmann/dbn/generate.ts';
import { hiddenMeans } from '../../boltzmann/dbn/upward.ts';
import type { Dbn } from '../../boltzmann/dbn.ts';
import type { RbmEpochRecord } from '../../boltzmann/rbm-trainer.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import type { Stream } from '../../random/stream.ts';
import type { LayerReport, PictureRows } from '../../report/boltzmann/rbm-report-data.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { carryDown } from '../boltzmann/carry-down.ts';
import { layerReport } from '../boltzmann/layer-report.ts';
import { firstRows, imageShapeOf, imagesOf } from '../boltzmann/pictures.ts';
import { factsOf, labelsOf, type RunData } from '../boltzmann/run-data.ts';
import type { StateData } from '../boltzmann/state-data.ts';
import type { PretrainPlan } from './plan.ts';

export interface DescribedDbn {
  readonly plan: PretrainPlan;
  readonly dbn: Dbn;
  readonly data: RunData;
  readonly states: StateData;
  readonly histories: readonly (readonly RbmEpochRecord[])[];
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile: CompileOptions;
}

/** Examples that the pictures and free energies of each layer look at. */
const shownExamples = 1000;
const dreamsARow = 12;
const dreamSteps = 500;

/** Everything that is shown of a trained deep belief net: every layer, and what it dreams. */
export async function describeDbn(
  subject: DescribedDbn,
): Promise<{ layers: LayerReport[]; dreams: PictureRows | null }> {
  const { plan, dbn, data, states, histories, runtime, compile } = subject;
  const shape = imageShapeOf(factsOf(data).shape, plan.visible);
  let train = firstRows(states.train, shownExamples);
  let test = firstRows(states.test, shownExamples);
  const layers: LayerReport[] = [];
  for (const [i, layer] of dbn.layers.entries()) {
    const labelled = dbn.labels > 0 && i === dbn.layers.length - 1;
    const rows = (part: StateRows, labels: Int32Array) =>
      labelled ? appendLabels(part, labels.subarray(0, part.count), dbn.labels) : part;
    const below = dbn.layers.slice(0, i).map(({ rbm }) => rbm);
    layers.push(
      layerReport({
        rbm: layer.rbm,
        training: plan.layers[i].spec,
        history: histories[i] ?? [],
        train: rows(train, labelsOf(data, 'train')),
        test: rows(test, labelsOf(data, 'test')),
        judgement: [],
        shape: labelled && i === 0 ? null : shape,
        ...(i > 0 && { toData: (column: Float32Array) => carryDown(column, below) }),
      }),
    );
    if (i === dbn.layers.length - 1) break;
    train = await hiddenMeans(layer, train, runtime, compile);
    test = await hiddenMeans(layer, test, runtime, compile);
  }
  return { layers, dreams: await dreamsOf(subject, shape) };
}

/** Samples from the top: a row a class where there are labels. Only nets of binary units dream. */
async function dreamsOf(
  { dbn, data, stream, runtime, compile }: DescribedDbn,
  shape: ReturnType<typeof imageShapeOf>,
): Promise<PictureRows | null> {
  const binary = dbn.layers.every(
    ({ rbm }) => rbm.visible.kind === 'bernoulli' && rbm.hidden.kind === 'bernoulli',
  );
  if (!binary) return null;
  const names = dbn.labels > 0 ? factsOf(data).classes : ['', ''];
  const count = names.length * dreamsARow;
  const { visible } = await generateSamples(dbn, {
    count,
    steps: dreamSteps,
    ...(dbn.labels > 0 && {
      labels: Int32Array.from({ length: count }, (_, i) => Math.floor(i / dreamsARow)),
    }),
    stream: stream.child('dreams'),
    runtime,
    compile,
  });
  const images = imagesOf(visible, visible.length / count, count, shape);
  return {
    shape,
    rows: names.map((name, row) => ({
      name,
      images: images.slice(row * dreamsARow, (row + 1) * dreamsARow),
    })),
  };
}
