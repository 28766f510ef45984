/** Small data sets made from a formula and a stream. */

import type { Language } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { dataLabels } from '../messages/labels/data.ts';
import type { Stream } from '../random/stream.ts';
import { type Dataset, makeDataset, type Split } from './dataset.ts';

export interface XorOptions {
  /** Training examples; default 4 without noise, 1000 with. */
  readonly count?: number;
  /** Standard deviation of the normal noise around the corners; default 0. */
  readonly noise?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Exclusive or: the corners of the unit square, class 1 where the two coordinates differ. Without noise these are the
 * four points of the lecture, [0,0] [0,1] [1,0] [1,1], for training and testing alike; a greater count repeats them.
 * With noise the test part is another draw of a quarter of the size.
 */
export function xor(stream: Stream, options: XorOptions = {}): Dataset {
  const noise = within('xor', 'noise', options.noise ?? 0, 0, 10);
  const count = wholeWithin('xor', 'count', options.count ?? (noise === 0 ? 4 : 1000), 4, 10_000_000);
  const part = (name: string, size: number): Split => {
    const features = stream.child(name).normal(new Float32Array(2 * size), 0, 1);
    const labels = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const x = (i >> 1) & 1;
      const y = i & 1;
      labels[i] = x ^ y;
      features[2 * i] = x + noise * features[2 * i];
      features[2 * i + 1] = y + noise * features[2 * i + 1];
    }
    return { count: size, features, labels };
  };
  const train = part('train', count);
  return makeDataset({
    name: 'xor',
    train,
    test: noise === 0 ? part('test', 4) : part('test', testCountOf(count, 4)),
    exampleDims: [2],
    task: { kind: 'classification', classes: ['0', '1'] },
    description: dataLabels.xor[options.language ?? 'en']({ count, noise }),
  });
}

export interface SpiralsOptions {
  /** Number of arms, one class each; default 3. */
  readonly arms?: number;
  /** Standard deviation of the normal noise on the angle, in radians; default 0.2. */
  readonly noise?: number;
  /** Training examples over all arms; default 2000. */
  readonly count?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Interleaved spiral arms around the origin, as in Stanford's CS231n: a point of arm k at radius r, uniform in [0, 1),
 * has the angle 2π·k/arms + 4·r + noise. The test part is another draw of a quarter of the size.
 */
export function spirals(stream: Stream, options: SpiralsOptions = {}): Dataset {
  const arms = wholeWithin('spirals', 'arms', options.arms ?? 3, 2, 100);
  const noise = within('spirals', 'noise', options.noise ?? 0.2, 0, 10);
  const count = wholeWithin('spirals', 'count', options.count ?? 2000, arms, 10_000_000);
  const part = (name: string, size: number): Split => {
    const radius = stream.child(name).child('radius').uniform(new Float64Array(size), 0, 1);
    const wobble = stream.child(name).child('angle').normal(new Float64Array(size), 0, 1);
    const features = new Float32Array(2 * size);
    const labels = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const arm = i % arms;
      const angle = (2 * Math.PI * arm) / arms + 4 * radius[i] + noise * wobble[i];
      features[2 * i] = radius[i] * Math.sin(angle);
      features[2 * i + 1] = radius[i] * Math.cos(angle);
      labels[i] = arm;
    }
    return { count: size, features, labels };
  };
  return makeDataset({
    name: 'spirals',
    train: part('train', count),
    test: part('test', testCountOf(count, arms)),
    exampleDims: [2],
    task: { kind: 'classification', classes: Array.from({ length: arms }, (_, arm) => String(arm)) },
    description: dataLabels.spirals[options.language ?? 'en']({ arms, count, noise }),
  });
}

function testCountOf(count: number, least: number): number {
  return Math.max(least, Math.round(count / 4));
}

function within(data: string, name: string, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  const expected = `${low} .. ${high}`;
  throw new OutsetError('data.bad_parameter', { data, name, expected, got: String(value) });
}

function wholeWithin(data: string, name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value)) return within(data, name, value, low, high);
  const expected = `${low} .. ${high}, whole`;
  throw new OutsetError('data.bad_parameter', { data, name, expected, got: String(value) });
}
