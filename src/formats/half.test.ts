import { expect, test } from 'vitest';
import { narrowBfloat16, narrowFloat16, widenBfloat16, widenFloat16 } from './half.ts';

const words = Uint16Array.from({ length: 65536 }, (_, i) => i);

test.each([
  ['float16', widenFloat16, narrowFloat16],
  ['bfloat16', widenBfloat16, narrowBfloat16],
] as const)('every %s comes back from float32', (_, widen, narrow) => {
  const wide = widen(words);
  const back = narrow(wide);
  for (let i = 0; i < words.length; i++) {
    if (Number.isNaN(wide[i])) expect(Number.isNaN(widen(back.subarray(i, i + 1))[0])).toBe(true);
    else if (back[i] !== words[i]) expect.fail(`${words[i]} became ${back[i]}`);
  }
});

test.each([
  ['float16', widenFloat16, narrowFloat16, 0x7c00],
  ['bfloat16', widenBfloat16, narrowBfloat16, 0x7f80],
] as const)(
  '%s: halfway goes to the even neighbour, all else to the nearest',
  (_, widen, narrow, infinity) => {
    const wide = widen(words);
    for (let i = 0; i + 1 < infinity; i++) {
      const middle = (wide[i] + wide[i + 1]) / 2;
      const even = i % 2 === 0 ? i : i + 1;
      const below = middle - (middle - wide[i]) / 1024;
      const above = middle + (wide[i + 1] - middle) / 1024;
      const [a, b, c] = narrow([middle, below, above]);
      // Between the smallest subnormals of bfloat16, float32 itself has no finer numbers than 2^-149.
      if (a !== even || b !== i || c !== i + 1) expect.fail(`${i}: ${a}, ${b}, ${c}`);
    }
  },
);

test('beyond the range is infinity, with its sign', () => {
  expect([...narrowFloat16([65519, 65520, -1e9, Number.POSITIVE_INFINITY])]).toEqual([
    0x7bff, 0x7c00, 0xfc00, 0x7c00,
  ]);
  expect([...narrowBfloat16([3.4e38, -0])]).toEqual([0x7f80, 0x8000]);
});
