/**
 * Greedy layer-wise learning of a deep belief net (Hinton, Osindero & Teh 2006, section 4): an RBM learns the data, the
 * next RBM learns the hidden units of the first as they are under the data, and so on. With labels, the visible layer of
 * the top RBM is the hidden layer below followed by one softmax unit that holds the class.
 */
import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { checkRows } from '../check-rows.ts';
import { createRbm } from '../create-rbm.ts';
import type { Dbn } from '../dbn.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmEpochRecord, RbmProgress, RbmSnapshot, RbmTrainer } from '../rbm-trainer.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { StateRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { checkLabels, checkWhole } from './check-dbn.ts';
import { appendLabels } from './dense-rows.ts';
import type { RbmTrainerFactory } from './rbm-problem.ts';
import { hiddenMeans, sampleRows } from './upward.ts';

/** One RBM of the stack to be: its hidden units and how it learns. */
export interface DbnLayerPlan {
  readonly hidden: UnitSpec;
  readonly spec: RbmTrainingSpec;
  /** Standard deviation of the first weights, default 0.01. */
  readonly weightStd?: number;
}

/** The class of each row, for the label unit at the top. */
export interface DbnLabels {
  readonly classes: number;
  /** Shape [rows]. */
  readonly values: Int32Array;
}

export interface PretrainOptions {
  readonly visible: UnitSpec;
  /** Bottom first. */
  readonly layers: readonly DbnLayerPlan[];
  readonly data: StateRows;
  /** Held-out rows, for the free-energy gap of every layer without labels. */
  readonly validation?: StateRows;
  readonly labels?: DbnLabels;
  /**
   * What the next layer learns: `samples` (default), one fresh state of the hidden units for every row, which keeps
   * the kernels for binary states usable; or `means`, their probabilities as grey levels (Hinton & Salakhutdinov 2006).
   */
  readonly upward?: 'samples' | 'means';
  /** A stream that splits by name. Layer l draws from its child `layer l`. */
  readonly stream: Stream;
  readonly createTrainer: RbmTrainerFactory;
  /** Carries the data from layer to layer. */
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
}

export interface PretrainRunOptions {
  /** Stops between two updates; the rest of the work is done by a second call of `train`. */
  readonly signal?: AbortSignal;
  /** At most about ten times a second; layers count from 0. */
  readonly onProgress?: (layer: number, progress: RbmProgress) => void;
  /** After every epoch of a layer. */
  readonly onEpoch?: (layer: number, record: RbmEpochRecord) => void | Promise<void>;
  /** When a layer is done. */
  readonly onLayer?: (layer: number, rbm: Rbm) => void | Promise<void>;
}

/** Where a pre-training stands: goes on with the same bits after `restore`. */
export interface PretrainSnapshot {
  readonly origin: string;
  /** Finished layers, bottom first. */
  readonly finished: readonly Rbm[];
  readonly histories: readonly (readonly RbmEpochRecord[])[];
  /** The layer that is being trained; null between two layers. */
  readonly current: RbmSnapshot | null;
}

export interface DbnPretrainer {
  /** Layers done. */
  readonly layer: number;
  /** Epoch records of finished and current layers. */
  readonly histories: readonly (readonly RbmEpochRecord[])[];
  /** @throws dbn.not_finite when a learning rate makes a layer overflow; the trainer keeps its last good state */
  train(options?: PretrainRunOptions): Promise<'complete' | 'aborted'>;
  /** The finished layers as a deep belief net; with labels only when all are done. */
  dbn(): Dbn;
  snapshot(): PretrainSnapshot;
  /** @throws dbn.snapshot_mismatch */
  restore(snapshot: PretrainSnapshot): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Trains a deep belief net from the bottom to the top.
 * @throws dbn.bad_value, boltzmann.bad_rows, boltzmann.bad_state, dbn.too_few_examples, dbn.labels, dbn.label_count,
 *   dbn.not_finite
 */
export async function pretrainDbn(options: PretrainOptions, run: PretrainRunOptions = {}): Promise<Dbn> {
  const pretrainer = createPretrainer(options);
  try {
    await pretrainer.train(run);
    return pretrainer.dbn();
  } finally {
    await pretrainer.dispose();
  }
}

/** As {@link pretrainDbn}, in steps that can be stopped, saved and resumed. */
export function createPretrainer(options: PretrainOptions): DbnPretrainer {
  checkOptions(options);
  return new GreedyPretrainer(options);
}

class GreedyPretrainer implements DbnPretrainer {
  readonly #options: PretrainOptions;
  readonly #origin: string;
  readonly #finished: Rbm[] = [];
  readonly #histories: (readonly RbmEpochRecord[])[] = [];
  /** Data of the layer that comes next, and which layer that is. */
  #rows: { layer: number; data: StateRows; validation: StateRows | undefined };
  #trainer: RbmTrainer | null = null;

  constructor(options: PretrainOptions) {
    this.#options = options;
    this.#rows = { layer: 0, data: options.data, validation: options.validation };
    const { visible, layers, data, labels, upward = 'samples', stream } = options;
    const streamCheck = [...stream.child('snapshot').bits(new Uint32Array(2))];
    this.#origin = JSON.stringify({
      visible,
      layers,
      upward,
      rows: data.count,
      labels: labels?.classes ?? 0,
      streamCheck,
    });
  }

  get layer(): number {
    return this.#finished.length;
  }

  get histories(): readonly (readonly RbmEpochRecord[])[] {
    return this.#trainer === null ? this.#histories : [...this.#histories, this.#trainer.history];
  }

  async train(run: PretrainRunOptions = {}): Promise<'complete' | 'aborted'> {
    const { layers } = this.#options;
    while (this.layer < layers.length) {
      const layer = this.layer;
      if (run.signal?.aborted === true) return 'aborted';
      this.#trainer ??= await this.#open();
      const trainer = this.#trainer;
      const end = await trainer.train({
        signal: run.signal,
        onProgress: (progress) => run.onProgress?.(layer, progress),
        onEpoch: (record) => run.onEpoch?.(layer, record),
      });
      if (end === 'aborted') return 'aborted';
      if (end === 'not-finite') {
        const { step, what } = trainer.finding ?? { step: trainer.step, what: 'weights' };
        throw new OutsetError('dbn.not_finite', { layer: layer + 1, step, what });
      }
      const rbm = trainer.rbm();
      this.#finished.push(rbm);
      this.#histories.push([...trainer.history]);
      this.#trainer = null;
      await trainer.dispose();
      await run.onLayer?.(layer, rbm);
    }
    return 'complete';
  }

  dbn(): Dbn {
    const complete = this.layer === this.#options.layers.length;
    const labels = complete ? (this.#options.labels?.classes ?? 0) : 0;
    return { layers: this.#finished.map((rbm) => ({ rbm })), labels };
  }

  snapshot(): PretrainSnapshot {
    return {
      origin: this.#origin,
      finished: [...this.#finished],
      histories: this.#histories.map((records) => [...records]),
      current: this.#trainer?.snapshot() ?? null,
    };
  }

  async restore({ origin, finished, histories, current }: PretrainSnapshot): Promise<void> {
    if (origin !== this.#origin) {
      throw new OutsetError('dbn.snapshot_mismatch', { what: 'setup', expected: this.#origin, got: origin });
    }
    await this.dispose();
    this.#finished.splice(0, this.#finished.length, ...finished);
    this.#histories.splice(0, this.#histories.length, ...histories);
    const { data, validation } = this.#options;
    this.#rows = { layer: 0, data, validation };
    if (current === null) return;
    this.#trainer = await this.#open();
    this.#trainer.restore(current);
  }

  async dispose(): Promise<void> {
    const trainer = this.#trainer;
    this.#trainer = null;
    await trainer?.dispose();
  }

  async #open(): Promise<RbmTrainer> {
    const { layers, labels, stream, createTrainer, visible } = this.#options;
    const layer = this.layer;
    const { hidden, spec, weightStd } = layers[layer];
    const below = layer === 0 ? visible : layers[layer - 1].hidden;
    const labelled = layer === layers.length - 1 ? labels : undefined;
    const { data, validation } = await this.#dataOf(layer);
    const own = stream.child(`layer ${layer}`);
    const units: UnitSpec =
      labelled === undefined ? below : { kind: 'bernoulli', count: below.count + labelled.classes };
    const rows = labelled === undefined ? data : appendLabels(data, labelled.values, labelled.classes);
    return createTrainer({
      rbm: createRbm(units, hidden, { stream: own, data: rows, weightStd }),
      data: rows,
      ...(validation === undefined || labelled !== undefined ? {} : { validation }),
      labels: labelled?.classes ?? 0,
      spec,
      stream: own,
    });
  }

  /** The rows that a layer learns from: what the layers below make of the data. */
  async #dataOf(layer: number): Promise<{ data: StateRows; validation: StateRows | undefined }> {
    const { layers, upward = 'samples', stream, runtime, compile } = this.#options;
    while (this.#rows.layer < layer) {
      const { layer: at, data, validation } = this.#rows;
      const lift = async (rows: StateRows, name: string) => {
        const means = await hiddenMeans({ rbm: this.#finished[at] }, rows, runtime, compile);
        if (upward === 'means') return means;
        return sampleRows(layers[at].hidden, means, stream.child(`layer ${at}`).child(name));
      };
      this.#rows = {
        layer: at + 1,
        data: await lift(data, 'upward'),
        validation: validation === undefined ? undefined : await lift(validation, 'upward-validation'),
      };
    }
    return this.#rows;
  }
}

function checkOptions({ visible, layers, data, validation, labels }: PretrainOptions): void {
  if (layers.length === 0)
    throw new OutsetError('dbn.bad_value', { field: 'layers', expected: '>= 1', got: 0 });
  checkRows(visible, data, 'visible');
  if (validation !== undefined) checkRows(visible, validation, 'visible');
  for (const [i, { hidden, spec }] of layers.entries()) {
    checkWhole(`layer ${i + 1}: units`, hidden.count, 1);
    checkWhole(`layer ${i + 1}: batch size`, spec.batchSize, 1);
    if (data.count < spec.batchSize) {
      const details = { what: `layer ${i + 1}`, count: data.count, batch: spec.batchSize };
      throw new OutsetError('dbn.too_few_examples', details);
    }
  }
  if (labels === undefined) return;
  checkWhole('classes', labels.classes, 2);
  checkLabels(labels.values, labels.classes, data.count);
  const below = layers.length === 1 ? visible : layers[layers.length - 2].hidden;
  const top = layers[layers.length - 1].hidden;
  for (const [layer, units] of [
    [layers.length - 1, below],
    [layers.length, top],
  ] as const) {
    if (units.kind === 'bernoulli') continue;
    throw new OutsetError('dbn.unsupported_units', {
      what: 'labels at the top',
      layer,
      kind: units.kind,
      names: ['bernoulli'],
    });
  }
}
