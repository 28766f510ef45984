import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/index.ts';
import { GraphBuilder } from '../onnx/builder.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { appendLoss, countCorrect } from './loss.ts';
import type { LossName } from './spec.ts';

interface Packed {
  readonly dims: number[];
  readonly data: number[];
}

interface LossCase {
  readonly loss: LossName;
  readonly against: 'labels' | 'targets';
  readonly logits: Packed;
  readonly answer: Packed;
  readonly smoothing: number;
  readonly value: number;
  readonly gradient: Packed;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/networks/losses.json', import.meta.url), 'utf8'),
) as { cases: LossCase[] };

describe.each(['onnxruntime', 'reference'])(
  'losses and gradients equal those of torch, in %s',
  async (engine) => {
    const runtime = engine === 'onnxruntime' ? await nodeRuntime() : referenceRuntime();
    const cases = fixture.cases.flatMap((one, i) =>
      (['cpu', 'portable'] as const).map((target) => ({ ...one, i, target })),
    );
    test.each(cases)('case $i: $loss against $against, $target', async (one) => {
      const builder = new GraphBuilder('loss');
      const logits = builder.input('logits', 'float32', one.logits.dims);
      const appended = appendLoss(builder, one.loss, logits, {
        against: one.against,
        target: one.target,
        labelSmoothing: one.smoothing,
      });
      const gradient = appendGradient(builder, appended.loss, [logits]).get(logits) as string;
      for (const value of [appended.loss, appended.perExample, gradient]) builder.output(value);
      const program = await runtime.compile(builder.build());
      const answer: Tensor =
        one.against === 'labels'
          ? tensor('int32', one.answer.dims, Int32Array.from(one.answer.data))
          : float32(one.answer.dims, one.answer.data);
      const results = await program.run({
        logits: float32(one.logits.dims, one.logits.data),
        [appended.answer.name]: answer,
      });
      await program.dispose();
      const loss = Number(results[appended.loss].data[0]);
      expect(Math.abs(loss - one.value)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(one.value)));
      expect(results[appended.loss].dims).toEqual([]);
      const perExample = Array.from(results[appended.perExample].data, Number);
      const mean = perExample.reduce((a, b) => a + b, 0) / perExample.length;
      expect(Math.abs(mean - one.value)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(one.value)));
      for (const [k, wanted] of one.gradient.data.entries()) {
        expect(Math.abs(Number(results[gradient].data[k]) - wanted)).toBeLessThanOrEqual(1e-6);
      }
    });
  },
);

describe('appendLoss', () => {
  test('logits that are no table, or a single class for cross-entropy, are errors', () => {
    const make = (name: LossName, dims: number[]) => () => {
      const builder = new GraphBuilder('loss');
      appendLoss(builder, name, builder.input('logits', 'float32', dims));
    };
    expect(make('softmax-cross-entropy', [4, 1])).toThrow(expect.objectContaining({ code: 'loss.logits' }));
    expect(make('mean-squared-error', [4, 2, 2])).toThrow(expect.objectContaining({ code: 'loss.logits' }));
    expect(make('mean-squared-error', [4, 1])).not.toThrow();
  });
});

describe('countCorrect', () => {
  test('largest logit, first of equals; sign for one output; rows that are not finite are wrong', () => {
    expect(countCorrect(Float32Array.of(1, 2, 3, 1, 5, 5), 2, [1, 0, 0])).toBe(3);
    expect(countCorrect(Float32Array.of(1, 2, 3, 1, 5, 5), 2, [0, 1, 1])).toBe(0);
    expect(countCorrect(Float32Array.of(0.5, -2, 0), 1, [1, 0, 0])).toBe(3);
    expect(countCorrect(Float32Array.of(Number.NaN, 0, 0, Number.POSITIVE_INFINITY), 2, [0, 1])).toBe(0);
  });
});
