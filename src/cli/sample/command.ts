import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { StoredModel } from '../../boltzmann/model-file.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { writeNpz } from '../../formats/npz.ts';
import { type Language, OutsetError } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { nearestNames } from '../../messages/nearest.ts';
import { imageGridPng } from '../../report/images/image-grid.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { imageShapeOf, imagesOf } from '../boltzmann/pictures.ts';
import { readModelFile } from '../boltzmann/stored-model-file.ts';
import { exitInterrupted } from '../exit-codes.ts';
import { wholeNumber } from '../race/options.ts';
import { shownPath } from '../shown-path.ts';
import { StatusView } from '../status-view.ts';
import { runTask } from '../task/run-task.ts';
import type { SampleOptions } from './options.ts';
import type { SampleOutcome, SampleTask } from './protocol.ts';

const usualCount = 100;
const usualPerClass = 10;

/**
 * `outset sample`: draws from a trained model and writes a picture (.png) or numbers (.npz).
 * @returns the exit code
 */
export async function runSampleCommand(
  file: string | undefined,
  options: SampleOptions,
  language: Language,
): Promise<number> {
  if (file === undefined) {
    const example = 'outset sample dbn.safetensors --digit 7 -o sevens.png';
    throw new OutsetError('cli.argument_missing', { name: 'MODEL', example });
  }
  const view = new StatusView(options.json === true, language);
  const ending = path.extname(options.output).toLowerCase();
  if (ending !== '.png' && ending !== '.npz') {
    throw new OutsetError('race.bad_option', { option: '-o', got: options.output, expected: '*.png, *.npz' });
  }
  const model = readModelFile(file);
  const task = planSample(file, options, model);
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1);
  const drawn = await runTask<never, SampleOutcome>({
    script: new URL('./worker.js', import.meta.url),
    task: { ...task, threads } satisfies SampleTask,
    onNews: () => {},
    // Nothing is kept of half a drawing, so there is nothing to wait for.
    onStopping: () => process.exit(exitInterrupted),
  });
  const bytes = ending === '.png' ? pictureOf(drawn, model, task) : numbersOf(drawn, model);
  await writeFileAtomic(options.output, bytes);
  view.event({ event: 'samples', file: path.resolve(options.output), count: drawn.count });
  view.note(labels.samplesWritten[language]({ count: drawn.count, file: shownPath(options.output) }));
  return 0;
}

/** What the options ask of this model. Without a class, a model with labels dreams of each. */
function planSample(file: string, options: SampleOptions, model: StoredModel): Omit<SampleTask, 'threads'> {
  const asked = options.label ?? options.digit;
  const common = {
    modelFile: path.resolve(file),
    steps: wholeNumber('--steps', options.steps, 1),
    seed: wholeNumber('--seed', options.seed, 0),
  };
  const countOr = (usual: number) =>
    options.count === undefined ? usual : wholeNumber('--count', options.count, 1);
  if (asked === undefined) {
    if (model.labels === 0) return { ...common, labels: null, count: countOr(usualCount) };
    return { ...common, labels: [...new Array(model.labels).keys()], count: countOr(usualPerClass) };
  }
  if (model.labels === 0) {
    throw new OutsetError('dbn.no_labels', {
      what: `--${options.label === undefined ? 'digit' : 'label'} ${asked}`,
    });
  }
  const names = model.about.data.classes;
  const label = names.indexOf(asked);
  if (label < 0) {
    throw new OutsetError('cli.unknown_name', {
      option: options.label === undefined ? '--digit' : '--label',
      got: asked,
      near: nearestNames(asked, names),
      all: [...names],
    });
  }
  return { ...common, labels: [label], count: countOr(usualCount) };
}

function pictureOf(
  { features, count }: SampleOutcome,
  model: StoredModel,
  task: Omit<SampleTask, 'threads'>,
): Uint8Array {
  const shape = imageShapeOf(model.about.data.shape, model.layers[0].rbm.visible);
  const images = imagesOf(features, features.length / count, count, shape);
  const rows = task.labels !== null && task.labels.length > 1;
  return imageGridPng(images, { shape, ...(rows && { columns: task.count }) });
}

/** Arrays `x` in the shape of the data and, for a model with labels, `y`. */
function numbersOf({ features, count, labels: classes }: SampleOutcome, model: StoredModel): Uint8Array {
  const arrays: Record<string, Tensor> = {
    x: tensor('float32', [count, ...model.about.data.shape], features),
  };
  if (classes !== null) arrays.y = tensor('int32', [count], classes);
  return writeNpz(arrays);
}
