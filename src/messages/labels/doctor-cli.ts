/** Help texts of `outset doctor`, and what it says while it works. */
import { label } from '../define.ts';

const reasons = {
  'learns-already': {
    en: 'Nothing to fix: it learns as it is.',
    ko: '이대로도 학습되므로 고칠 것이 없습니다.',
  },
  trained: {
    en: 'These weights look trained; new ones would throw away what they learned.',
    ko: '이미 학습된 가중치로 보입니다. 새로 뽑으면 배운 것을 잃습니다.',
  },
  'not-runnable': {
    en: 'The model cannot be run, so a fix could not be checked.',
    ko: '모델을 실행할 수 없어 처방의 효과를 확인할 수 없습니다.',
  },
  'no-help': {
    en: 'No other start or learning rate made it more likely to learn.',
    ko: '다른 초기화나 학습률로도 학습될 가능성이 나아지지 않았습니다.',
  },
} as const;

export const doctorCliLabels = {
  doctor: label({
    en: () =>
      'examine a model before its first step: will it learn, which layer is to blame, what to write instead',
    ko: () =>
      '학습을 시작하기 전에 모델을 진단합니다: 학습이 될지, 어느 층이 문제인지, 대신 무엇을 써야 하는지',
  }),
  model: label({
    en: () =>
      'a model file (.onnx, .keras, .h5, TensorFlow.js model.json, or weights in .safetensors or .npz with --network), or a network such as 784-128x50-10:tanh with --start',
    ko: () =>
      '모델 파일(.onnx, .keras, .h5, TensorFlow.js model.json, 또는 --network와 함께 쓰는 .safetensors·.npz 가중치) 또는 784-128x50-10:tanh 같은 신경망 표기(--start와 함께)',
  }),
  data: label({
    en: () => 'data to measure with: mnist, fashion-mnist, a file or folder as in "outset race", or noise',
    ko: () => '측정에 쓸 데이터: mnist, fashion-mnist, "outset race"에 쓰는 파일이나 폴더, 또는 noise(잡음)',
  }),
  network: label({
    en: () =>
      'architecture of a file that holds weights alone: shorthand, or a JSON file with a network spec',
    ko: () => '가중치만 든 파일의 신경망 구조: 줄임 표기 또는 신경망 명세 JSON 파일',
  }),
  start: label({
    en: () => 'where MODEL is a network: the start to examine, as in "outset race"',
    ko: () => 'MODEL이 신경망 표기일 때 진단할 초기화 방법("outset race"와 같은 이름)',
  }),
  optimizer: label({
    en: () => 'the training asked about: sgd, momentum, nesterov, rmsprop, adam or adamw',
    ko: () => '판정할 학습의 옵티마이저: sgd, momentum, nesterov, rmsprop, adam, adamw 중 하나',
  }),
  rate: label({ en: () => 'its learning rate', ko: () => '그 학습률' }),
  steps: label({ en: () => 'its number of updates', ko: () => '그 업데이트 횟수' }),
  batch: label({ en: () => 'examples to measure with', ko: () => '측정에 쓸 예제 수' }),
  fix: label({
    en: () => 'apply the prescriptions, examine again, and show both',
    ko: () => '처방을 적용해 다시 진단하고 전후를 함께 보여 줍니다',
  }),
  output: label({
    en: () => 'write the mended model to this file (implies --fix)',
    ko: () => '처방을 적용한 모델을 이 파일에 씁니다(--fix 포함)',
  }),
  full: label({
    en: () => 'measure the slow things too: Jacobians, neural tangent kernel, sharpness',
    ko: () => '오래 걸리는 것도 잽니다: 야코비 행렬, 신경 접선 커널, 첨예도',
  }),
  failOn: label({
    en: () =>
      'exit with code 1 on a finding of this severity or worse: warning, error; or on the verdict will-not-learn',
    ko: () => '이 수준 이상의 문제(warning, error)가 있거나 판정이 will-not-learn이면 종료 코드 1로 끝냅니다',
  }),
  onlyWeights: label({
    en: () => 'examine the weights alone; do not run the model',
    ko: () => '모델을 실행하지 않고 가중치만 진단합니다',
  }),
  seed: label({
    en: () => 'seed of the batch, of noise and of the start',
    ko: () => '배치, 잡음, 초기화에 쓸 시드',
  }),
  out: label({
    en: () => 'folder for report.html, diagnosis.json, depth.svg and TensorBoard events',
    ko: () => 'report.html, diagnosis.json, depth.svg, TensorBoard 이벤트를 쓸 폴더',
  }),
  opening: label({ en: () => 'reading the model', ko: () => '모델을 읽는 중' }),
  examining: label({ en: () => 'examining', ko: () => '진단 중' }),
  mending: label({ en: () => 'mending and examining again', ko: () => '처방을 적용해 다시 진단하는 중' }),
  stopping: label({
    en: () => 'Stopping; nothing is written. Press Ctrl-C again to stop at once.',
    ko: () => '멈추는 중입니다. 아무것도 쓰지 않습니다. 바로 끝내려면 Ctrl-C를 한 번 더 누르세요.',
  }),
  fewer: label<{ size: number; wanted: number }>({
    en: ({ size, wanted }) =>
      `Measured with ${size} examples instead of ${wanted}: a pass with more would take more than half of the memory of this machine.`,
    ko: ({ size, wanted }) =>
      `예제 ${wanted}개 대신 ${size}개로 쟀습니다. 더 많으면 이 컴퓨터 메모리의 절반을 넘습니다.`,
  }),
  change: label<{ before: string; after: string; from: string; to: string }>({
    en: ({ before, after, from, to }) =>
      `After the fix: ${before} → ${after} (${from} → ${to} that it learns).`,
    ko: ({ before, after, from, to }) => `처방 후: ${before} → ${after} (학습될 확률 ${from} → ${to}).`,
  }),
  unchanged: label<{ reason: keyof typeof reasons }>({
    en: ({ reason }) => `${reasons[reason].en} No weights were changed and no file was written.`,
    ko: ({ reason }) => `${reasons[reason].ko} 가중치를 바꾸지 않았고 파일도 쓰지 않았습니다.`,
  }),
  written: label<{ file: string }>({
    en: ({ file }) => `Mended weights: ${file}`,
    ko: ({ file }) => `처방을 적용한 가중치: ${file}`,
  }),
  report: label<{ file: string }>({
    en: ({ file }) => `Report: ${file}`,
    ko: ({ file }) => `보고서: ${file}`,
  }),
  failed: label<{ on: string }>({
    en: ({ on }) => `Exit code 1: --fail-on ${on}.`,
    ko: ({ on }) => `종료 코드 1: --fail-on ${on}.`,
  }),
} as const;
