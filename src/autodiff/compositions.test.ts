/**
 * Random compositions of operators, five deep, against central differences in float64: shared values, broadcasting,
 * reductions and shape changes in one graph.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GraphBuilder } from '../onnx/builder.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { appendGradient } from './append-gradient.ts';

type Step = (builder: GraphBuilder, pool: string[], pick: (limit: number) => number) => string;

/** Smooth functions only: every step must have derivatives for the differences to mean something. */
const unary =
  (operator: string): Step =>
  (builder, pool, pick) =>
    builder.op(operator, [pool[pick(pool.length)]]);

const binary =
  (operator: string): Step =>
  (builder, pool, pick) => {
    const a = pool[pick(pool.length)];
    // A row, a column or the whole of another value of the same shape [3, 4].
    const b = pool[pick(pool.length)];
    const zero = builder.ints([0]);
    const one = builder.ints([1]);
    const forms = [
      b,
      builder.op('Slice', [b, zero, one, builder.ints([pick(2)])]),
      builder.op('ReduceMean', [b, builder.ints([pick(2)])], { keepdims: 1 }),
      builder.op('ReduceSum', [builder.op('Tanh', [b])], { keepdims: 0 }),
    ];
    const c = forms[pick(forms.length)];
    return builder.op(operator, pick(2) === 0 ? [a, c] : [c, a]);
  };

const matrix: Step = (builder, pool, pick) => {
  const a = pool[pick(pool.length)];
  const b = pool[pick(pool.length)];
  const square = builder.op('Gemm', [a, b], { transB: 1 });
  return builder.op('Tanh', [builder.op('MatMul', [square, a])]);
};

const reshaped: Step = (builder, pool, pick) => {
  const a = builder.op('Reshape', [pool[pick(pool.length)], builder.ints([4, 3])]);
  return builder.op('Transpose', [builder.op('Softmax', [a], { axis: pick(2) })], { perm: [1, 0] });
};

const joined: Step = (builder, pool, pick) => {
  const axis = pick(2);
  const all = builder.op('Concat', [pool[pick(pool.length)], pool[pick(pool.length)]], { axis });
  const step = builder.op('Slice', [
    all,
    builder.ints([0]),
    builder.ints([9]),
    builder.ints([axis]),
    builder.ints([2]),
  ]);
  return step;
};

const normalized: Step = (builder, pool, pick) =>
  builder.op('LayerNormalization', [pool[pick(pool.length)], 'scale'], { epsilon: 0.5 });

const steps: readonly Step[] = [
  ...['Tanh', 'Sigmoid', 'Softplus', 'Sin', 'Gelu', 'Mish'].map(unary),
  ...['Add', 'Sub', 'Mul'].map(binary),
  matrix,
  reshaped,
  joined,
  normalized,
];

function stretch(builder: GraphBuilder, value: string): string {
  const dims = builder.dims(value);
  return dims.length === 2 && dims[0] === 3 && dims[1] === 4
    ? value
    : builder.op('Expand', [value, builder.ints([3, 4])]);
}

async function check(choices: readonly number[], numbers: readonly number[]): Promise<void> {
  const builder = new GraphBuilder('composition');
  const feeds: Record<string, Tensor> = {};
  const inputs = { x: [3, 4], y: [3, 4], row: [4], scale: [4] };
  let used = 0;
  for (const [name, dims] of Object.entries(inputs)) {
    builder.input(name, 'float64', dims);
    const count = elementCount(dims);
    feeds[name] = tensor('float64', dims, Float64Array.from(numbers.slice(used, used + count)));
    used += count;
  }
  const pool = ['x', 'y', builder.op('Mul', ['x', 'row'])];
  let at = 0;
  const pick = (limit: number) => choices[at++ % choices.length] % limit;
  for (let depth = 0; depth < 5; depth++)
    pool.push(stretch(builder, steps[pick(steps.length)](builder, pool, pick)));
  const last = pool[pool.length - 1];
  const loss = builder.op(
    'ReduceSum',
    [builder.op('Mul', [last, builder.op('Cos', [pool[pool.length - 2]])])],
    {
      keepdims: 0,
    },
  );
  const gradients = appendGradient(builder, loss, Object.keys(inputs));
  builder.output(loss);
  for (const gradient of gradients.values()) builder.output(gradient);
  const program = await referenceRuntime().compile(builder.build());
  const values = await program.run(feeds);
  const h = 1e-4;
  const at1 = async (factor: number) => {
    // One direction through all inputs at once: the direction is a fixed pattern, so no input can hide.
    let k = 0;
    const moved = Object.fromEntries(
      Object.entries(feeds).map(([name, { dims, data }]) => [
        name,
        tensor(
          'float64',
          dims,
          Float64Array.from(data as Float64Array, (x) => x + factor * h * Math.sin(++k)),
        ),
      ]),
    );
    return Number((await program.run(moved, [loss]))[loss].data[0]);
  };
  const expected = (8 * ((await at1(1)) - (await at1(-1))) - ((await at1(2)) - (await at1(-2)))) / (12 * h);
  let got = 0;
  let norm = 0;
  let k = 0;
  for (const name of Object.keys(inputs)) {
    for (const g of values[gradients.get(name) as string].data as Float64Array) {
      got += g * Math.sin(++k);
      norm += g * g;
    }
  }
  const size = Math.abs(Number(values[loss].data[0]));
  expect(Math.abs(got - expected)).toBeLessThan(1e-6 * Math.max(Math.sqrt(norm), size, 1e-3));
}

test('random compositions agree with finite differences', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(1000), { minLength: 12, maxLength: 24 }),
      fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 32, maxLength: 32 }),
      check,
    ),
    { numRuns: 300, seed: 20 },
  );
});
