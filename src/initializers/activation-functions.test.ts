import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type ActivationFunctionName,
  type ActivationOptions,
  activationFunction,
  activationFunctionNames,
} from './activation-functions.ts';

interface TorchActivation {
  name: ActivationFunctionName;
  options: ActivationOptions;
  value: number[];
  derivative: number[];
}
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/gains.json', import.meta.url), 'utf8'),
) as { points: number[]; activations: TorchActivation[] };

describe('activations', () => {
  test('every name is compared with PyTorch', () => {
    expect([...new Set(fixture.activations.map(({ name }) => name))].sort()).toEqual(
      [...activationFunctionNames].sort(),
    );
  });

  for (const { name, options, value, derivative } of fixture.activations) {
    test(`${name} ${JSON.stringify(options)}: values and gradients are PyTorch's`, () => {
      const phi = activationFunction(name, options);
      // PyTorch's slope of hard-sigmoid is 1/6 in single precision.
      const slopeTolerance = name === 'hard-sigmoid' ? 1e-8 : 2e-14;
      for (const [i, x] of fixture.points.entries()) {
        // PyTorch rounds near 0 as Φ and tanh do: compare to 1e-14 of the larger of 1 and the value.
        expect(Math.abs(phi.value(x) - value[i]), `value at ${x}`).toBeLessThanOrEqual(
          1e-14 * Math.max(1, Math.abs(value[i])),
        );
        expect(Math.abs(phi.derivative(x) - derivative[i]), `derivative at ${x}`).toBeLessThanOrEqual(
          slopeTolerance * Math.max(1, Math.abs(derivative[i])),
        );
      }
    });
  }

  test('what is smooth between stated kinks has no jump in value or slope elsewhere', () => {
    for (const name of activationFunctionNames) {
      const { value, derivative, kinks } = activationFunction(name);
      for (let x = -5.9937; x < 6; x += 0.01) {
        if (kinks.some((kink) => Math.abs(x - kink) < 0.011)) continue;
        const step = 1e-4;
        const slope = (value(x + step) - value(x - step)) / (2 * step);
        expect(Math.abs(slope - derivative(x)), `${name} at ${x}`).toBeLessThan(1e-7);
        expect(Math.abs(derivative(x + step) - derivative(x)), `${name} at ${x}`).toBeLessThan(5e-4);
      }
    }
  });

  test('nothing overflows far out', () => {
    for (const name of activationFunctionNames) {
      const { value, derivative } = activationFunction(name);
      for (const x of [-1e6, -800, 800, 1e6]) {
        expect(Number.isFinite(value(x)), `${name}(${x})`).toBe(true);
        expect(Number.isFinite(derivative(x)), `${name}'(${x})`).toBe(true);
      }
    }
  });

  test('small arguments keep their digits', () => {
    for (const name of ['elu', 'celu'] as const) {
      expect(Math.abs(activationFunction(name).value(-1e-10) / -1e-10 - 1), name).toBeLessThan(1e-10);
    }
  });

  test('an unknown name is met with near ones; options are checked', () => {
    expect(() => activationFunction('leakyrelu' as 'relu')).toThrow(
      expect.objectContaining({
        code: 'initializers.unknown_activation',
        details: expect.objectContaining({ name: 'leakyrelu', near: expect.arrayContaining(['leaky-relu']) }),
      }),
    );
    expect(() => activationFunction('elu', { alpha: 0 })).toThrow(
      expect.objectContaining({
        code: 'initializers.activation_option',
        details: { activation: 'elu', option: 'alpha', expected: 'a finite number > 0', got: 0 },
      }),
    );
    expect(() => activationFunction('leaky-relu', { slope: Number.NaN })).toThrow(/slope must be a finite/);
  });
});
