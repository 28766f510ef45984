/** What a stack dreams: chains of its top RBM from random states, each passed down to the pixels on the way. */
import { generateSamples, type StoredModel } from '../../../../src/boltzmann/index.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import { imageGrid } from '../../../../src/report/images/image-grid.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import type { Runtime } from '../../../../src/runtime/runtime.ts';
import { digitSide } from '../../digits/filter-painter.ts';
import { dreams as count } from './orders.ts';
import { walkSteps } from './state.ts';

const shape = [digitSide, digitSide] as const;

/** Dreams side by side: one of each class where there are labels. */
const columns = 10;
/** Steps after which the walk of the first dreams is shown from left to right. */
const stripSteps: readonly number[] = [1, 2, 3, 5, 8, 12, 20, 50, 120, 200, 250, 300];

/** All dreams after some steps. */
export interface DreamFrame {
  readonly steps: number;
  readonly pixels: Pixels;
  /** Mean number of pixels with more ink than paper. */
  readonly ink: number;
  /** Mean number of pixels that turned from ink to paper or back since the frame before; null for the first. */
  readonly changed: number | null;
}

export interface Dreams {
  readonly frames: readonly DreamFrame[];
  /** The first row of dreams, one below the other, each from left to right as it walks. */
  readonly strip: Pixels;
  readonly stripSteps: readonly number[];
}

export interface DreamInput {
  readonly model: StoredModel;
  readonly seed: number;
}

export interface DreamRun extends DreamInput {
  readonly runtime: Runtime;
  readonly threads: number;
  readonly signal: AbortSignal;
  report(frame: DreamFrame): void;
}

/**
 * Each frame is what `outset sample` draws with as many steps: a chain depends on its stream only, so a longer run goes
 * through the states of a shorter one.
 */
export async function dream({ model, seed, runtime, threads, signal, report }: DreamRun): Promise<Dreams> {
  const { layers, labels: classes } = model;
  const labels = Int32Array.from({ length: count }, (_, i) => Math.floor((i * classes) / count));
  const frames: DreamFrame[] = [];
  const walks: Float32Array[][] = Array.from({ length: columns }, () => []);
  let before: Float32Array | null = null;
  for (const steps of walkSteps) {
    if (signal.aborted) break;
    const { visible } = await generateSamples(
      { layers, labels: classes },
      {
        count,
        steps,
        ...(classes > 0 && { labels }),
        stream: openStream('threefry', seed).child('sample'),
        runtime,
        compile: { threads },
      },
    );
    const images = inColumns(visible, classes > 0);
    const frame = {
      steps,
      pixels: imageGrid(images, { shape, columns, zoom: 1 }),
      ink: visible.reduce((sum, value) => sum + (value >= 0.5 ? 1 : 0), 0) / count,
      changed: before === null ? null : turned(before, visible) / count,
    };
    if (stripSteps.includes(steps)) for (const [i, walk] of walks.entries()) walk.push(images[i]);
    before = visible;
    frames.push(frame);
    report(frame);
  }
  return {
    frames,
    strip: imageGrid(walks.flat(), { shape, columns: walks[0].length, zoom: 1 }),
    stripSteps,
  };
}

/** The dreams as images, row by row; where there are classes, which come one after the other, one in a column. */
function inColumns(visible: Float32Array, byClass: boolean): Float32Array[] {
  const size = visible.length / count;
  const rows = count / columns;
  return Array.from({ length: count }, (_, i) => {
    const from = byClass ? (i % columns) * rows + Math.floor(i / columns) : i;
    return visible.subarray(from * size, (from + 1) * size);
  });
}

function turned(before: Float32Array, after: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < after.length; i++) if (before[i] >= 0.5 !== after[i] >= 0.5) sum++;
  return sum;
}
