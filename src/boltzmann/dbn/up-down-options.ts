import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { checkRows } from '../check-rows.ts';
import type { Dbn } from '../dbn.ts';
import type { RbmEpochRecord, RbmSnapshot, RbmTrainingEnd, RbmTrainOptions } from '../rbm-trainer.ts';
import type { StateRows } from '../state-rows.ts';
import { checkDbn, checkLabels } from './check-dbn.ts';
import { upDownSizes } from './up-down-parameters.ts';
import { checkUpDownSpec, type UpDownSpec } from './up-down-spec.ts';

export interface UpDownOptions {
  /** Where it starts; Bernoulli units throughout. Copied. */
  readonly dbn: Dbn;
  /** States or grey levels of the bottom layer. */
  readonly data: StateRows;
  /** The class of each row; exactly for a deep belief net with labels. */
  readonly labels?: Int32Array;
  readonly spec: UpDownSpec;
  /** A stream that splits by name: orders the examples by epoch and draws the noise by step. */
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
}

/** As an RBM's trainer, of a whole deep belief net. Every step depends on the snapshot before it and the options only. */
export interface UpDownTrainer {
  readonly spec: UpDownSpec;
  readonly step: number;
  readonly epoch: number;
  /** Full batches only: the rest of the shuffled examples sits out an epoch. */
  readonly stepsPerEpoch: number;
  readonly history: readonly RbmEpochRecord[];
  readonly finding: { readonly step: number; readonly what: string } | null;
  /** A copy as it stands. */
  dbn(): Dbn;
  train(options?: RbmTrainOptions): Promise<RbmTrainingEnd>;
  snapshot(): RbmSnapshot;
  /** @throws dbn.snapshot_mismatch */
  restore(snapshot: RbmSnapshot): void;
  dispose(): Promise<void>;
}

/** What {@link UpDownOptions} must satisfy. */
export function checkUpDownOptions({ dbn, data, labels, spec, stream }: UpDownOptions): void {
  checkUpDownSpec(spec);
  checkDbn(dbn);
  if (stream.dialect !== 'threefry')
    throw new OutsetError('training.sequential_stream', { dialect: stream.dialect });
  for (const [i, { rbm }] of dbn.layers.entries()) {
    for (const { kind } of [rbm.visible, rbm.hidden]) {
      if (kind === 'bernoulli') continue;
      throw new OutsetError('dbn.unsupported_units', {
        what: 'up-down learning',
        layer: i + 1,
        kind,
        names: ['bernoulli'],
      });
    }
  }
  checkRows({ kind: 'bernoulli', count: upDownSizes(dbn).widths[0] }, data, 'visible');
  if (dbn.labels === 0 && labels !== undefined)
    throw new OutsetError('dbn.no_labels', { what: 'up-down learning' });
  if (dbn.labels > 0) checkLabels(labels ?? new Int32Array(0), dbn.labels, data.count);
  if (data.count < spec.batchSize) {
    throw new OutsetError('dbn.too_few_examples', {
      what: 'up-down learning',
      count: data.count,
      batch: spec.batchSize,
    });
  }
}
