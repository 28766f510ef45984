import { issue } from '../define.ts';

export const rbmTrainingIssues = {
  'boltzmann.no_memory': issue<{ mebibytes: number; limit: number }>('run', {
    en: ({ mebibytes, limit }) =>
      `RBM: ${mebibytes} MiB of shared WebAssembly memory are needed, but only ${limit} MiB can be had. Use fewer examples, chains or units.`,
    ko: ({ mebibytes, limit }) =>
      `RBM: WebAssembly 공유 메모리가 ${mebibytes} MiB 필요하지만 ${limit} MiB까지만 쓸 수 있습니다. 예제, 체인 또는 유닛 수를 줄이세요.`,
  }),
  'boltzmann.not_sparse': issue<{ layer: string; units: string }>('usage', {
    en: ({ layer, units }) =>
      `RBM: the sparse kernels take bernoulli, spin and potts units, but the ${layer} units are ${units}. Use the dense trainer.`,
    ko: ({ layer, units }) =>
      `RBM: 희소 커널은 bernoulli, spin, potts 유닛만 다루는데 ${layer === 'visible' ? '가시' : '은닉'} 유닛이 ${units}입니다. 밀집 트레이너를 쓰세요.`,
  }),
  'boltzmann.too_wide': issue<{ what: string; got: number; limit: number }>('usage', {
    en: ({ what, got, limit }) =>
      `RBM: ${what} is ${got}, but the sparse kernels go up to ${limit}. Choose a smaller number.`,
    ko: ({ what, got, limit }) =>
      `RBM: ${what} 값이 ${got}인데 희소 커널의 한도는 ${limit}입니다. 더 작은 값을 고르세요.`,
  }),
  'boltzmann.bad_threads': issue<{ got: number; limit: number }>('usage', {
    en: ({ got, limit }) =>
      `RBM: threads must be a whole number from 1 to ${limit}, but it is ${got}. More than one needs a thread host (nodeThreads, webThreads).`,
    ko: ({ got, limit }) =>
      `RBM: 스레드 수는 1부터 ${limit}까지의 정수여야 하는데 ${got}입니다. 2개 이상 쓰려면 스레드 호스트(nodeThreads, webThreads)가 필요합니다.`,
  }),
} as const;
