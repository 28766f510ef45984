import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../onnx/builder.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, type Tensor, zerosTensor } from '../tensor/tensor.ts';
import { createOptimizer, optimizerConstants } from './optimizer.ts';
import { appendOptimizer, optimizerFeeds, stateInput } from './optimizer-graph.ts';
import { ParameterStore } from './parameter-store.ts';
import type { OptimizerSpec } from './spec.ts';

const fixture: {
  start: number[];
  gradients: number[][];
  learningRates: number[];
  cases: { name: string; spec: OptimizerSpec; last: number[] }[];
} = JSON.parse(readFileSync(new URL('../../test/fixtures/optimizers.json', import.meta.url), 'utf8'));

const dims = [fixture.start.length];

describe('the update as ONNX nodes equals the kernel and torch', async () => {
  const runtime = await nodeRuntime();
  test.each(fixture.cases.map((c) => [c.name, c] as const))('%s', async (_, { spec, last }) => {
    const constants = optimizerConstants(spec);
    const builder = new GraphBuilder('update');
    builder.input('p', 'float32', dims);
    builder.input('g', 'float32', dims);
    const updated = appendOptimizer(builder, constants, new Map([['p', 'g']])).get('p')!;
    for (const value of [updated.parameter, ...updated.state]) builder.output(value);
    const program = await runtime.compile(builder.build());

    const store = new ParameterStore([{ name: 'p', dims }], constants.slotCount);
    const optimizer = await createOptimizer(store, constants);
    store.parameters.get('p')!.data.set(fixture.start);

    let parameter: Tensor = float32(dims, fixture.start);
    let state: Tensor[] = updated.state.map(() => zerosTensor('float32', dims));
    for (const [i, values] of fixture.gradients.entries()) {
      const rate = fixture.learningRates[i];
      const result = await program.run({
        p: parameter,
        g: float32(dims, values),
        ...Object.fromEntries(state.map((value, slot) => [stateInput('p', slot), value])),
        ...optimizerFeeds(constants, i + 1, rate),
      });
      parameter = result[updated.parameter];
      state = updated.state.map((name) => result[name]);
      store.gradients.get('p')!.data.set(values);
      optimizer.update(i + 1, rate);
    }
    await program.dispose();
    const kernel = store.parameters.get('p')!.data;
    for (let i = 0; i < dims[0]; i++) {
      const unit = 2 ** -23 * Math.max(Math.abs(last[i]), 0.25);
      const value = Number(parameter.data[i]);
      // Twenty updates of a few roundings each.
      expect(Math.abs(value - kernel[i]) / unit).toBeLessThan(20);
      expect(Math.abs(value - last[i]) / unit).toBeLessThan(20);
    }
  });
});
