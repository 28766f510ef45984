/** What is measured: one epoch of contrastive divergence, on MNIST and on one-hot data, and annealed importance sampling. */
export interface RbmTask {
  readonly name: string;
  readonly visible: number;
  /** States of a Potts unit, 0 for Bernoulli units. */
  readonly states: number;
  readonly hidden: number;
  readonly batch: number;
  /** Rows that are learned from; seconds are scaled to 60,000. Default all. */
  readonly examples?: number;
  readonly threads: number;
  readonly data: 'mnist' | 'sequences';
  readonly libraries: readonly ('numpy' | 'torch' | 'sklearn')[];
  /** Runs of annealed importance sampling instead of learning. */
  readonly annealing?: number;
  /** What the issue of speed asks for: times faster than the fastest peer, or seconds at most. */
  readonly aim?: { readonly ratio: number } | { readonly seconds: number };
}

const all = ['numpy', 'torch', 'sklearn'] as const;

export const rbmTasks: readonly RbmTask[] = [
  ...[10, 100, 500].flatMap((batch) =>
    [1, 2].map(
      (threads): RbmTask => ({
        name: `784x500, batch ${batch}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        visible: 784,
        states: 0,
        hidden: 500,
        batch,
        threads,
        data: 'mnist',
        libraries: all,
        ...(batch === 10 && { examples: 12_000, aim: { ratio: 3 } }),
        ...(batch === 100 && { aim: { ratio: threads === 1 ? 1.5 : 1.8 } }),
      }),
    ),
  ),
  {
    name: 'Potts, 100 sites of 21 states x 200, batch 100, 2 threads',
    visible: 2100,
    states: 21,
    hidden: 200,
    batch: 100,
    threads: 2,
    data: 'sequences',
    libraries: ['numpy'],
    aim: { ratio: 10 },
  },
  {
    name: 'AIS, 784x500, 14,500 temperatures, 100 runs, 2 threads',
    visible: 784,
    states: 0,
    hidden: 500,
    batch: 100,
    threads: 2,
    data: 'mnist',
    libraries: [],
    annealing: 100,
    aim: { seconds: 10 },
  },
];
