import { describe, expect, test } from 'vitest';
import { OutsetError } from '../../messages/error.ts';
import { GraphBuilder } from '../../onnx/builder.ts';
import { float32, int64, type Tensor, tensor } from '../../tensor/tensor.ts';
import { referenceRuntime } from './reference-runtime.ts';

/** loss = Σ gelu(x · w + b), and the hidden values. */
function denseGraph() {
  const builder = new GraphBuilder('dense');
  const [x, w, b] = [
    builder.input('x', 'float32', [2, 3]),
    builder.input('w', 'float32', [3, 4]),
    builder.input('b', 'float32', [4]),
  ];
  const hidden = builder.op('Gemm', [x, w, b], {}, { output: 'hidden' });
  const loss = builder.op('ReduceSum', [builder.op('Gelu', [hidden])], { keepdims: 0 }, { output: 'loss' });
  builder.output(loss);
  builder.output(hidden);
  return builder.build();
}

const numbers = (count: number, from: number) => Array.from({ length: count }, (_, i) => Math.sin(from + i));

function feeds(): Record<string, Tensor> {
  return {
    x: tensor('float64', [2, 3], Float64Array.from(numbers(6, 0))),
    w: tensor('float64', [3, 4], Float64Array.from(numbers(12, 10))),
    b: tensor('float64', [4], Float64Array.from(numbers(4, 30))),
  };
}

async function issueOf(action: () => Promise<unknown>): Promise<OutsetError> {
  const error = await action().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OutsetError)) throw new Error(`expected an OutsetError, got ${String(error)}`);
  return error;
}

describe('precision', () => {
  test('names say it; float64 is the default', () => {
    expect(referenceRuntime().name).toBe('reference float64');
    expect(referenceRuntime({ precision: 'float32' }).name).toBe('reference float32');
  });

  test('float64 keeps what a float32 would lose, from feed to output', async () => {
    const builder = new GraphBuilder('keep');
    const x = builder.input('x', 'float32', [1]);
    builder.output(
      builder.op('Sub', [builder.op('Add', [x, builder.scalar(1)]), builder.scalar(1)], {}, { output: 'y' }),
    );
    const graph = builder.build();
    const tiny = { x: tensor('float64', [1], Float64Array.of(1e-12)) };
    const exact = await (await referenceRuntime().compile(graph)).run(tiny);
    expect(exact.y.dtype).toBe('float64');
    expect(exact.y.data[0]).toBeCloseTo(1e-12, 15);
    const rounded = await (await referenceRuntime({ precision: 'float32' }).compile(graph)).run(tiny);
    expect(rounded.y.dtype).toBe('float32');
    expect(rounded.y.data[0]).toBe(0);
  });

  test('finite differences of Gelu(x · w + b) agree with the derivative Φ(h) + h φ(h) to 1e-9', async () => {
    const program = await referenceRuntime().compile(denseGraph());
    const base = feeds();
    const { hidden } = await program.run(base);
    const h = Array.from(hidden.data, Number);
    const phi = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
    // Φ by Simpson's rule from 0, so that erf is not checked by itself.
    const cumulative = (t: number) => {
      const steps = 2000;
      let sum = phi(0) + phi(t);
      for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * phi((t * i) / steps);
      return 0.5 + (sum * t) / steps / 3;
    };
    const slope = h.map((t) => cumulative(t) + t * phi(t));
    for (let j = 0; j < 4; j++) {
      const loss = async (shift: number) => {
        const b = Float64Array.from(base.b.data as Float64Array);
        b[j] += shift;
        const result = await program.run({ ...base, b: tensor('float64', [4], b) }, ['loss']);
        return Number(result.loss.data[0]);
      };
      const step = 1e-5;
      const difference = ((await loss(step)) - (await loss(-step))) / (2 * step);
      // Truncation step² |f'''| / 6 < 1e-10; rounding 2^-52 · |loss| / step < 2e-10.
      expect(Math.abs(difference - slope[j] - slope[j + 4])).toBeLessThan(1e-9);
    }
  });
});

describe('programs', () => {
  test('only what the fetches need is computed', async () => {
    const builder = new GraphBuilder('prune');
    const table = builder.input('table', 'float32', [3]);
    const index = builder.input('index', 'int64', [1]);
    builder.output(builder.op('Neg', [table], {}, { output: 'negated' }));
    builder.output(builder.op('Gather', [table, index], {}, { output: 'picked' }));
    const program = await referenceRuntime().compile(builder.build());
    const broken = { table: float32([3], [1, 2, 3]), index: int64([1], [7]) };
    const { negated, ...rest } = await program.run(broken, ['negated']);
    expect(Array.from(negated.data, Number)).toEqual([-1, -2, -3]);
    expect(rest).toEqual({});
    const issue = await issueOf(() => program.run(broken));
    expect(issue.code).toBe('runtime.index_out_of_range');
    expect(issue.details).toMatchObject({ operator: 'Gather', index: 7, length: 3 });
  });

  test('feeds and initializers are left as they were', async () => {
    const builder = new GraphBuilder('scatter');
    const x = builder.input('x', 'float64', [3]);
    const ones = builder.constant(tensor('float64', [1], Float64Array.of(1)));
    builder.output(builder.op('ScatterElements', [x, builder.ints([1]), ones], {}, { output: 'y' }));
    const program = await referenceRuntime().compile(builder.build());
    const data = Float64Array.of(5, 6, 7);
    const { y } = await program.run({ x: tensor('float64', [3], data) });
    expect(Array.from(y.data, Number)).toEqual([5, 1, 7]);
    expect([...data]).toEqual([5, 6, 7]);
  });

  test('wrong feeds and outputs are named', async () => {
    const program = await referenceRuntime().compile(denseGraph());
    const missing = await issueOf(() => program.run({ x: feeds().x }));
    expect(missing.code).toBe('runtime.bad_feed');
    expect(missing.details).toMatchObject({ name: 'w', expected: 'float32 [3, 4]', got: 'nothing' });
    const shaped = await issueOf(() => program.run({ ...feeds(), b: float32([3], [1, 2, 3]) }));
    expect(shaped.details).toMatchObject({ name: 'b', expected: 'float32 [4]', got: 'float32 [3]' });
    const typed = await issueOf(() => program.run({ ...feeds(), b: int64([4], [1, 2, 3, 4]) }));
    expect(typed.details).toMatchObject({ name: 'b', got: 'int64 [4]' });
    const output = await issueOf(() => program.run(feeds(), ['nothing']));
    expect(output.details).toMatchObject({ name: 'nothing', expected: 'loss, hidden' });
  });

  test('a program does not run after dispose', async () => {
    const program = await referenceRuntime().compile(denseGraph());
    await program.dispose();
    expect((await issueOf(() => program.run(feeds()))).code).toBe('runtime.disposed');
  });

  test('operators and settings that it lacks are refused', async () => {
    const node = { name: 'n', domain: 'example', inputs: [], outputs: ['y'], attributes: {} };
    const graph = { ...denseGraph(), nodes: [{ ...node, operator: 'Magic' }] };
    const unknown = await issueOf(() => referenceRuntime().compile(graph));
    expect(unknown.code).toBe('runtime.unsupported_operator');
    expect(unknown.details).toEqual({ node: 'n', operator: 'example.Magic' });

    const builder = new GraphBuilder('dropout');
    const x = builder.input('x', 'float32', [2]);
    builder.output(builder.op('Dropout', [x, builder.scalar(0.5), builder.scalar(1, 'bool')]));
    const program = await referenceRuntime().compile(builder.build());
    const dropout = await issueOf(() => program.run({ x: float32([2], [1, 2]) }));
    expect(dropout.code).toBe('runtime.unsupported_setting');
    expect(dropout.details).toMatchObject({ operator: 'Dropout', setting: 'training_mode', got: 'true' });
  });
});
