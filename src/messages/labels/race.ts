import { label } from '../define.ts';

/** What the race says while it runs and when it is over. */
export const raceLabels = {
  header: label<{
    network: string;
    data: string;
    starts: number;
    seeds: number;
    epochs: number;
    workers: number;
  }>({
    en: ({ network, data, starts, seeds, epochs, workers }) =>
      `${network} on ${data}: ${count(starts, 'start')}, ${count(seeds, 'seed')}, ${count(epochs, 'epoch')}, ${count(workers, 'worker thread')}`,
    ko: ({ network, data, starts, seeds, epochs, workers }) =>
      `${data} 데이터, 신경망 ${network}: 초기화 ${starts}가지, 시드 ${seeds}개, ${epochs}에폭, 작업 스레드 ${workers}개`,
  }),
  shortRun: label<{ epochs: number }>({
    en: ({ epochs }) =>
      `A short race of ${count(epochs, 'epoch')}, to see the curves part. The real thing: outset race --epochs 15 --seeds 3`,
    ko: ({ epochs }) =>
      `곡선이 갈라지는 모습만 보는 짧은 경주입니다(${epochs}에폭). 제대로 보려면: outset race --epochs 15 --seeds 3`,
  }),
  loading: label<{ data: string }>({
    en: ({ data }) => `reading ${data} ...`,
    ko: ({ data }) => `${data} 읽는 중 ...`,
  }),
  resuming: label<{ folder: string; finished: number; total: number }>({
    en: ({ folder, finished, total }) =>
      `continuing ${folder}: ${finished} of ${total} contestants had finished`,
    ko: ({ folder, finished, total }) =>
      `${folder} 이어서 진행: 참가자 ${total}명 중 ${finished}명은 이미 끝났습니다`,
  }),
  progress: label<{
    epoch: number;
    epochs: number;
    rate: string;
    left: string;
    cost: string;
    accuracy: string;
  }>({
    en: ({ epoch, epochs, rate, left, cost, accuracy }) =>
      `epoch ${epoch}/${epochs}  ${rate}/s  ${left} left  cost ${cost}${accuracy === '' ? '' : `  accuracy ${accuracy}`}`,
    ko: ({ epoch, epochs, rate, left, cost, accuracy }) =>
      `${epoch}/${epochs}에폭  초당 ${rate}개  ${left} 남음  비용 ${cost}${accuracy === '' ? '' : `  정확도 ${accuracy}`}`,
  }),
  finished: label<{ cost: string; accuracy: string; seconds: string }>({
    en: ({ cost, accuracy, seconds }) =>
      `done in ${seconds}  cost ${cost}${accuracy === '' ? '' : `  accuracy ${accuracy}`}`,
    ko: ({ cost, accuracy, seconds }) =>
      `${seconds} 만에 끝남  비용 ${cost}${accuracy === '' ? '' : `  정확도 ${accuracy}`}`,
  }),
  divergedAt: label<{ step: number; layer: string; where: string }>({
    en: ({ step, layer, where }) => `stopped at step ${step}: NaN or Inf in the ${where} of ${layer}`,
    ko: ({ step, layer, where }) =>
      `${step}번째 스텝에서 멈춤: ${layer}의 ${where}에 NaN 또는 Inf가 생겼습니다`,
  }),
  failed: label<{ message: string }>({
    en: ({ message }) => `could not run: ${message}`,
    ko: ({ message }) => `실행하지 못함: ${message}`,
  }),
  total: label<{ done: number; all: number; left: string }>({
    en: ({ done, all, left }) => `${done} of ${all} done, ${left} left`,
    ko: ({ done, all, left }) => `${all}개 중 ${done}개 완료, ${left} 남음`,
  }),
  stopping: label({
    en: () => 'Stopping after this step; checkpoints are being written ...',
    ko: () => '이번 스텝까지만 하고 멈춥니다. 체크포인트를 쓰는 중 ...',
  }),
  stopped: label<{ command: string }>({
    en: ({ command }) => `Stopped. Continue with: ${command}`,
    ko: ({ command }) => `멈췄습니다. 이어서 하려면: ${command}`,
  }),
  written: label<{ report: string }>({
    en: ({ report }) => `Report: ${report}`,
    ko: ({ report }) => `보고서: ${report}`,
  }),
  writtenRest: label<{ folder: string }>({
    en: ({ folder }) => `In ${folder}: result.json, weights/ (safetensors), tensorboard/`,
    ko: ({ folder }) => `${folder}: result.json, weights/(safetensors), tensorboard/`,
  }),
  repeat: label<{ command: string }>({
    en: ({ command }) => `Repeat: ${command}`,
    ko: ({ command }) => `다시 하려면: ${command}`,
  }),
  'where.weights': label({ en: () => 'weights', ko: () => '가중치' }),
  'where.pre-activations': label({ en: () => 'pre-activations', ko: () => '활성화 전 값' }),
  'where.activations': label({ en: () => 'activations', ko: () => '활성값' }),
  'where.loss': label({ en: () => 'loss', ko: () => '손실' }),
  'where.gradient': label({ en: () => 'gradient', ko: () => '그래디언트' }),
} as const;

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
