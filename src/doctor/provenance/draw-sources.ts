/** Who may have drawn first weights, and from which stream each parameter then came. */
import type { ParameterShape } from '../../initializers/initializer.ts';
import {
  JaxStream,
  KerasJaxStream,
  KerasStream,
  kerasSeeds,
  openStream,
  type Stream,
  TorchStream,
} from '../../random/index.ts';

/** Seeds that people write: the first hundred, a few famous ones, recent years. */
export const commonSeeds: readonly number[] = [
  ...Array.from({ length: 101 }, (_, i) => i),
  ...[111, 123, 128, 256, 314, 420, 512, 666, 777, 888, 999, 1000, 1024, 1111, 1234, 1337],
  ...Array.from({ length: 11 }, (_, i) => 2016 + i),
  ...[2048, 3407, 4096, 4242, 5555, 6666, 7777, 8888, 9999, 10000, 12345, 31337, 42424, 54321, 65536],
  ...[99999, 100000, 123456, 314159, 654321, 1000000, 1234567, 12345678, 123456789],
];

export interface DrawSource {
  /** Name of the dialect. */
  readonly dialect: string;
  /** True where all parameters come from one sequence, biases too. */
  readonly sequential: boolean;
  /** Seeds that are tried; default {@link commonSeeds}. */
  readonly seeds?: readonly number[];
  /**
   * @param index place of the parameter in its layer, from 0
   * @returns the stream that a parameter is drawn from; asked for every drawn parameter, in order
   */
  readonly open: (seed: number) => (parameter: ParameterShape, index: number) => Stream;
}

function sequence(dialect: string, make: (seed: number) => Stream): DrawSource {
  return {
    dialect,
    sequential: true,
    open: (seed) => {
      const stream = make(seed);
      return () => stream;
    },
  };
}

/** Keras makes a seed for every initializer. */
function seeds(dialect: string, make: (seed: number) => Stream): DrawSource {
  return {
    dialect,
    sequential: false,
    open: (seed) => {
      const next = kerasSeeds(seed);
      return () => make(next());
    },
  };
}

/** Flax folds the path of names into the key. */
function paths(dialect: 'jax' | 'jax-original', mode: 'partitionable' | 'original'): DrawSource {
  return {
    dialect,
    sequential: false,
    open: (seed) => {
      const root = new JaxStream(seed, mode);
      return ({ name }, index) => {
        const path = name.split(/[./]/).filter((part, i) => part !== '' && !(i === 0 && part === 'params'));
        return path
          .slice(0, -1)
          .reduce<Stream>((scope, part) => scope.child(part), root)
          .child(index + 1);
      };
    },
  };
}

export const drawSources: readonly DrawSource[] = [
  {
    dialect: 'threefry',
    sequential: false,
    open: (seed) => {
      const root = openStream('threefry', seed);
      return ({ name }) => root.child(name);
    },
  },
  sequence('torch-avx2', (seed) => new TorchStream(seed, { dialect: 'torch-avx2' })),
  sequence('torch-scalar', (seed) => new TorchStream(seed, { dialect: 'torch-scalar' })),
  seeds('keras', (seed) => new KerasStream(seed)),
  seeds('keras-jax', (seed) => new KerasJaxStream(seed)),
  paths('jax', 'partitionable'),
  paths('jax-original', 'original'),
  sequence('numpy-legacy', (seed) => openStream('numpy-legacy', seed)),
  sequence('numpy', (seed) => openStream('numpy', seed)),
  {
    // A seed given to every layer starts the same sequence anew; 0 is no seed there.
    dialect: 'tfjs',
    seeds: commonSeeds.filter((seed) => seed > 0),
    sequential: false,
    open: (seed) => () => openStream('tfjs', seed),
  },
];
