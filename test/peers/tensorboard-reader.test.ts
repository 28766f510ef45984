import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventFileName, histogramOf, TensorBoardWriter } from '../../src/formats/tensorboard.ts';
import { readWithTensorBoard } from './tensorboard-reader.ts';

const binary = process.env.OUTSET_TENSORBOARD_SERVER;
if (!binary) {
  console.warn(
    'SKIPPED: the real TensorBoard reader. Unpack the Python wheel tensorboard-data-server and set ' +
      'OUTSET_TENSORBOARD_SERVER to its tensorboard_data_server/bin/server.',
  );
}

test.skipIf(!binary)('the real TensorBoard reader accepts our event files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outset-events-'));
  try {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    const histogram = histogramOf(values, 10);
    for (const run of ['he-normal', '영']) {
      let now = 1_700_000_000;
      const writer = new TensorBoardWriter(() => now++);
      const chunks = [writer.header()];
      for (let step = 0; step < 50; step++) chunks.push(writer.scalar('train/cost', step, 2.5 / (step + 1)));
      chunks.push(writer.scalar('train/cost', 50, Number.NaN), writer.scalar('rate', 3_000_000_000, 0.001));
      for (const step of [0, 600]) chunks.push(writer.histogram('weights/층 1', step, histogram));
      mkdirSync(join(folder, run));
      writeFileSync(join(folder, run, eventFileName(now, 'test')), Buffer.concat(chunks));
    }
    const { scalars, histograms } = await readWithTensorBoard(binary ?? '', folder);
    expect(scalars.map(({ run, tag }) => `${run}: ${tag}`).sort()).toEqual([
      'he-normal: rate',
      'he-normal: train/cost',
      '영: rate',
      '영: train/cost',
    ]);
    const cost = scalars.find(({ run, tag }) => run === '영' && tag === 'train/cost');
    expect(cost?.steps).toEqual(Array.from({ length: 51 }, (_, step) => step));
    expect(cost?.values).toEqual([
      ...Array.from({ length: 50 }, (_, step) => Math.fround(2.5 / (step + 1))),
      Number.NaN,
    ]);
    expect(cost?.wallTimes[0]).toBe(1_700_000_001);
    expect(scalars.find(({ tag }) => tag === 'rate')?.steps).toEqual([3_000_000_000]);
    expect(histograms).toHaveLength(2);
    const { tag, steps, slices } = histograms[0];
    expect([tag, steps]).toEqual(['weights/층 1', [0, 600]]);
    const bins = Array.from(histogram.counts, (count, i) => [
      histogram.edges[i],
      histogram.edges[i + 1],
      count,
    ]);
    expect(slices[1]).toEqual(bins.flat());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
