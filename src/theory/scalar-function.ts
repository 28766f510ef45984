/**
 * Functions of one number as values: what the elementwise nodes between two layers make together, composed and with
 * their derivative. Equal functions are the same object, so that tables of their moments are shared by all layers.
 */
import type { ActivationFunction } from '../initializers/activation-functions.ts';

export interface ScalarFunction extends ActivationFunction {
  /** Names the function; equal keys, equal functions. */
  readonly key: string;
  /** Present for scale x + offset. */
  readonly line?: { readonly scale: number; readonly offset: number };
}

export const identityFunction: ScalarFunction = line(1, 0);

/** x -> scale x + offset. */
export function line(scale: number, offset: number): ScalarFunction {
  return {
    key: scale === 1 && offset === 0 ? 'x' : `(${scale}x+${offset})`,
    value: (x) => scale * x + offset,
    derivative: () => scale,
    kinks: [],
    line: { scale, offset },
  };
}

/** outer(inner(x)). */
export function compose(outer: ScalarFunction, inner: ScalarFunction): ScalarFunction {
  if (inner.key === 'x') return outer;
  if (outer.key === 'x') return inner;
  if (outer.line !== undefined && inner.line !== undefined) {
    const { scale, offset } = outer.line;
    return line(scale * inner.line.scale, scale * inner.line.offset + offset);
  }
  return {
    key: `${outer.key}∘${inner.key}`,
    value: (x) => outer.value(inner.value(x)),
    derivative: (x) => {
      const slope = inner.derivative(x);
      return slope === 0 ? 0 : outer.derivative(inner.value(x)) * slope;
    },
    kinks: sorted([...inner.kinks, ...kinksBehind(outer.kinks, inner)]),
  };
}

/** How two functions of the same number are joined. */
export const joins = {
  Add: {
    value: (a: number, b: number) => a + b,
    derivative: (_a: number, _b: number, da: number, db: number) => da + db,
  },
  Sub: {
    value: (a: number, b: number) => a - b,
    derivative: (_a: number, _b: number, da: number, db: number) => da - db,
  },
  Mul: {
    value: (a: number, b: number) => a * b,
    derivative: (a: number, b: number, da: number, db: number) => da * b + a * db,
  },
  Div: {
    value: (a: number, b: number) => a / b,
    derivative: (a: number, b: number, da: number, db: number) => (da * b - a * db) / (b * b),
  },
  Max: {
    value: (a: number, b: number) => Math.max(a, b),
    derivative: (a: number, b: number, da: number, db: number) => (a >= b ? da : db),
  },
  Min: {
    value: (a: number, b: number) => Math.min(a, b),
    derivative: (a: number, b: number, da: number, db: number) => (a <= b ? da : db),
  },
} as const;
export type JoinName = keyof typeof joins;

/** first(x) joined with second(x). */
export function join(name: JoinName, first: ScalarFunction, second: ScalarFunction): ScalarFunction {
  if (first.line !== undefined && second.line !== undefined && (name === 'Add' || name === 'Sub')) {
    const sign = name === 'Add' ? 1 : -1;
    return line(first.line.scale + sign * second.line.scale, first.line.offset + sign * second.line.offset);
  }
  const { value, derivative } = joins[name];
  return {
    key: `${name}(${first.key},${second.key})`,
    value: (x) => value(first.value(x), second.value(x)),
    derivative: (x) => derivative(first.value(x), second.value(x), first.derivative(x), second.derivative(x)),
    kinks: sorted([...first.kinks, ...second.kinks]),
  };
}

/** f(x) joined with a number. */
export function joinNumber(
  name: JoinName,
  f: ScalarFunction,
  number: number,
  numberFirst: boolean,
): ScalarFunction {
  if (name === 'Max' || name === 'Min') {
    const kept = (x: number): boolean => (name === 'Max' ? x >= number : x <= number);
    const clip: ScalarFunction = {
      key: `${name}${number}`,
      value: (x) => (kept(x) ? x : number),
      derivative: (x) => (kept(x) ? 1 : 0),
      kinks: [number],
    };
    return compose(clip, f);
  }
  if (name === 'Add') return compose(line(1, number), f);
  if (name === 'Mul') return compose(line(number, 0), f);
  if (name === 'Sub') return compose(numberFirst ? line(-1, number) : line(1, -number), f);
  if (!numberFirst) return compose(line(1 / number, 0), f);
  const over: ScalarFunction = {
    key: `${number}/`,
    value: (x) => number / x,
    derivative: (x) => -number / (x * x),
    kinks: [],
  };
  return compose(over, f);
}

/** Where inner(x) is at a kink of outer: exactly for lines, by a scan for others. */
function kinksBehind(kinks: readonly number[], inner: ScalarFunction): number[] {
  if (kinks.length === 0) return [];
  if (inner.line !== undefined) {
    const { scale, offset } = inner.line;
    return scale === 0 ? [] : kinks.map((kink) => (kink - offset) / scale);
  }
  const found: number[] = [];
  for (const kink of kinks) {
    let before = inner.value(-scanReach) - kink;
    for (let i = 1; i <= scanSteps; i++) {
      const x = -scanReach + (2 * scanReach * i) / scanSteps;
      const here = inner.value(x) - kink;
      if (before * here < 0) found.push(x - (2 * scanReach * here) / scanSteps / (here - before));
      else if (here === 0 && before !== 0) found.push(x);
      before = here;
    }
  }
  return found;
}
const scanReach = 16;
const scanSteps = 256;

function sorted(kinks: number[]): number[] {
  return [...new Set(kinks)].sort((a, b) => a - b);
}
