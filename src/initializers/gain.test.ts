import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type ActivationFunctionName,
  type ActivationOptions,
  activationFunction,
  activationFunctionNames,
} from './activation-functions.ts';
import { backwardGain, forwardGain, torchGain } from './gain.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/gains.json', import.meta.url), 'utf8'),
) as {
  gains: { name: string; slope?: number; gain: number }[];
  activations: {
    name: ActivationFunctionName;
    options: ActivationOptions;
    valueMoment: number;
    derivativeMoment: number;
  }[];
};

describe('gains', () => {
  // Computed apart from this code, by another quadrature; where phi' jumps from closed forms: selu backward
  // E[phi'²] = scale² (1/2 + alpha² e² Φ(-2)), hard-tanh erf(sqrt(1/2)).
  test.each([
    ['linear', {}, 1, 1],
    ['relu', {}, Math.SQRT2, Math.SQRT2],
    ['leaky-relu', {}, 1.414143, 1.414143],
    ['leaky-relu', { slope: 0.2 }, 1.38675, 1.38675],
    ['elu', {}, 1.245198, 1.223428],
    ['selu', {}, 1, 0.966026],
    ['gelu', {}, 1.53353, 1.481114],
    ['silu', {}, 1.676532, 1.62332],
    ['mish', {}, 1.486848, 1.444755],
    ['tanh', {}, 1.592537, 1.467414],
    ['erf', {}, 1.467167, 1.325218],
    ['hard-tanh', {}, 1.392036, 1 / Math.sqrt(0.6826894921370859)],
    ['sigmoid', {}, 1.846229, 4.722646],
    ['softsign', {}, 2.337533, 2.095781],
    ['softplus', {}, 1.041867, 1.846229],
    ['sin', {}, 1.520867, 1.327251],
  ] as const)('%s %o', (name, options, forward, backward) => {
    expect(Math.abs(forwardGain(name, options) - forward)).toBeLessThan(6e-7);
    expect(Math.abs(backwardGain(name, options) - backward)).toBeLessThan(6e-7);
  });

  test("every activation agrees with the moments of PyTorch's own", () => {
    for (const { name, options, valueMoment, derivativeMoment } of fixture.activations) {
      expect(
        Math.abs(forwardGain(name, options) * Math.sqrt(valueMoment) - 1),
        `${name} forward`,
      ).toBeLessThan(1e-10);
      // PyTorch's slope of hard-sigmoid is 1/6 in single precision.
      expect(
        Math.abs(backwardGain(name, options) * Math.sqrt(derivativeMoment) - 1),
        `${name} backward`,
      ).toBeLessThan(name === 'hard-sigmoid' ? 6e-8 : 1e-10);
    }
  });

  test('closed forms agree with the quadrature of the same function', () => {
    for (const name of activationFunctionNames) {
      const phi = activationFunction(name);
      expect(Math.abs(forwardGain(phi) / forwardGain(name) - 1), name).toBeLessThan(1e-12);
      expect(Math.abs(backwardGain(phi) / backwardGain(name) - 1), name).toBeLessThan(1e-12);
    }
  });

  test('a function of the caller, with and without what is known about it', () => {
    expect(Math.abs(forwardGain((x) => Math.max(0, x)) - Math.SQRT2)).toBeLessThan(1e-10);
    expect(Math.abs(backwardGain(Math.tanh) / backwardGain('tanh') - 1)).toBeLessThan(1e-9);
    const leaky = { value: (x: number) => (x > 0.5 ? x : 0.1 * x + 0.45), kinks: [0.5] };
    const above = 0.308537538725987; // 1 - Φ(0.5)
    expect(
      Math.abs(backwardGain(leaky) * Math.sqrt(above + 0.01 * (1 - above)) - 1),
      'kink stated',
    ).toBeLessThan(1e-8);
    expect(
      Math.abs(backwardGain(leaky.value) * Math.sqrt(above + 0.01 * (1 - above)) - 1),
      'kink not stated',
    ).toBeLessThan(3e-3);
  });

  test('an activation that passes nothing has no gain', () => {
    expect(() => forwardGain(() => 0)).toThrow(
      expect.objectContaining({
        code: 'initializers.no_gain',
        details: { where: 'forwardGain', moment: 0 },
      }),
    );
    expect(() => backwardGain({ value: () => 2, derivative: () => 0 })).toThrow(/backwardGain/);
    expect(() => forwardGain((x) => 1 / (x > 1 ? 0 : 1))).toThrow(
      expect.objectContaining({ code: 'initializers.not_finite' }),
    );
    expect(() => forwardGain('gellu' as 'gelu')).toThrow(/did you mean gelu/);
  });

  test('a gain costs a few hundred evaluations', () => {
    const gelu = activationFunction('gelu');
    let calls = 0;
    forwardGain((x) => {
      calls += 1;
      return gelu.value(x);
    });
    expect(calls).toBeLessThan(1000);
  });
});

describe('torchGain', () => {
  test("is calculate_gain's value to the last bit", () => {
    expect(fixture.gains.length).toBeGreaterThan(15);
    for (const { name, slope, gain } of fixture.gains) expect(torchGain(name, slope), name).toBe(gain);
    expect(torchGain('leaky-relu')).toBe(torchGain('leaky_relu'));
  });

  test('refuses what PyTorch has no gain for', () => {
    for (const name of ['gelu', 'toString', 'tanhh']) {
      expect(() => torchGain(name)).toThrow(
        expect.objectContaining({ code: 'initializers.unknown_activation' }),
      );
    }
    expect(() => torchGain('leaky_relu', Number.NaN)).toThrow(/slope/);
  });
});
