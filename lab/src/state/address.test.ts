import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialState, readAddress, writeAddress } from './address.ts';
import { choiceField, numberField, seedField, severalField } from './field.ts';

const schema = {
  depth: numberField({ initial: 3, min: 1, max: 50, step: 1 }),
  gain: numberField({ initial: 1, min: -2, max: 2, step: 0.1 }),
  activation: choiceField(['relu', 'tanh']),
  starts: severalField(['zeros', 'he', 'xavier'], ['he']),
  seed: seedField(),
};

describe('state in the address', () => {
  test('nothing in the address is the initial state, and the initial state writes nothing', () => {
    expect(readAddress(schema, '')).toEqual({ state: initialState(schema), problems: [] });
    expect(writeAddress(schema, initialState(schema))).toBe('');
  });

  test('every state survives the way through the address', () => {
    fc.assert(
      fc.property(
        fc.record({
          depth: fc.integer({ min: 1, max: 50 }),
          gain: fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10),
          activation: fc.constantFrom('relu' as const, 'tanh' as const),
          starts: fc.subarray(['zeros', 'he', 'xavier'] as const, { minLength: 1 }),
          seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        }),
        (state) => {
          expect(readAddress(schema, writeAddress(schema, state))).toEqual({ state, problems: [] });
        },
      ),
    );
  });

  test('what is not allowed is named with what is, and the rest is kept', () => {
    const { state, problems } = readAddress(
      schema,
      '?depth=51&gain=NaN&activation=swish&starts=he,he&seed=7&__proto__=1',
    );
    expect(state).toEqual({ ...initialState(schema), seed: 7 });
    expect(problems).toEqual([
      { name: 'depth', got: '51', allowed: '1 … 50' },
      { name: 'gain', got: 'NaN', allowed: '-2 … 2' },
      { name: 'activation', got: 'swish', allowed: 'relu, tanh' },
      { name: 'starts', got: 'he,he', allowed: 'zeros, he, xavier' },
      { name: '__proto__', got: '1', allowed: null },
    ]);
  });

  test('any text is read without a throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void readAddress(schema, text)));
  });

  test('a number between two steps moves to the nearer one', () => {
    expect(readAddress(schema, '?gain=0.3499').state.gain).toBe(0.3);
    expect(readAddress(schema, '?depth=1e1').state.depth).toBe(10);
  });
});
