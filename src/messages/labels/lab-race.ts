/** Chapter 2 of the lab: the race. */
import { label, sentence } from '../define.ts';

const datasets = {
  mnist: { en: 'MNIST digits', ko: 'MNIST 손글씨' },
  'fashion-mnist': { en: 'Fashion-MNIST', ko: 'Fashion-MNIST' },
  xor: { en: 'XOR', ko: 'XOR' },
  spirals: { en: 'spirals', ko: '나선' },
  own: { en: 'own table', ko: '내 데이터(표)' },
} as const;

const optimizers = { adam: 'Adam', sgd: 'SGD', momentum: 'Momentum', rmsprop: 'RMSProp' } as const;

export const labRace = {
  title: sentence('The race', '초기값 경주'),
  summary: sentence(
    'The same network, the same batches in the same order; only the first weights differ. Press start.',
    '네트워크도, 배치도, 순서도 모두 같고 첫 가중치만 다릅니다. 시작을 눌러 보세요.',
  ),
  lead: sentence(
    'From zeros the cost stands still. From N(0, 1) it begins in the hundreds and spends its time coming down. From Xavier and He it learns at once. The curves below were computed when this page was built; “Start” trains all of them here, in your browser.',
    '모두 0이면 비용이 꼼짝하지 않습니다. N(0, 1)이면 수백에서 시작해 내려오는 데 시간을 다 씁니다. Xavier와 He는 곧바로 배우기 시작합니다. 아래 곡선은 이 페이지를 만들 때 계산해 둔 것이고, “시작”을 누르면 지금 이 브라우저에서 모두 다시 학습합니다.',
  ),
  data: sentence('Data', '데이터'),
  dataName: label<{ name: keyof typeof datasets }>({
    en: ({ name }) => datasets[name].en,
    ko: ({ name }) => datasets[name].ko,
  }),
  size: sentence('Examples', '예제'),
  sizeName: label<{ name: '10000' | 'all' }>({
    en: ({ name }) => (name === 'all' ? 'all 60,000' : 'the first 10,000'),
    ko: ({ name }) => (name === 'all' ? '6만 개 전부' : '처음 1만 개'),
  }),
  ownFile: sentence(
    'CSV or TSV file (stays on this machine)',
    'CSV 또는 TSV 파일(이 컴퓨터 밖으로 나가지 않음)',
  ),
  starts: sentence('Starts', '초기화 방법'),
  network: sentence('Network', '네트워크'),
  training: sentence('Training', '학습'),
  depth: sentence('Hidden layers', '은닉층 수'),
  width: sentence('Units per layer', '층당 유닛 수'),
  activation: sentence('Activation', '활성화 함수'),
  optimizer: sentence('Optimizer', '옵티마이저'),
  optimizerName: label<{ name: keyof typeof optimizers }>({
    en: ({ name }) => optimizers[name],
    ko: ({ name }) => optimizers[name],
  }),
  rate: sentence('Learning rate', '학습률'),
  batch: sentence('Batch', '배치 크기'),
  epochs: sentence('Epochs', '에폭'),
  seeds: sentence('Seeds', '시드 수'),
  engine: sentence('Engine', '엔진'),
  engineName: label<{ name: 'auto' | 'wasm' | 'webgpu' }>({
    en: ({ name }) => ({ auto: 'best there is', wasm: 'WebAssembly, 1 thread', webgpu: 'WebGPU' })[name],
    ko: ({ name }) => ({ auto: '자동', wasm: 'WebAssembly(스레드 1개)', webgpu: 'WebGPU' })[name],
  }),

  start: sentence('Start', '시작'),
  pause: sentence('Pause', '일시 정지'),
  resume: sentence('Go on', '계속'),
  step: sentence('One update', '한 번 업데이트'),
  rewind: sentence('Rewind', '되감기'),
  loading: label<{ done: string; all: string }>({
    en: ({ done, all }) => `Loading the data: ${done}${all === '' ? '' : ` of ${all}`} MB`,
    ko: ({ done, all }) => `데이터를 읽는 중: ${done}${all === '' ? '' : ` / ${all}`} MB`,
  }),
  preparing: sentence(
    'Drawing the first weights and tracing step 0 …',
    '첫 가중치를 뽑고 학습 전 상태를 재는 중…',
  ),
  idle: sentence('Not started.', '아직 시작하지 않았습니다.'),
  built: sentence(
    'These curves were computed when the page was built.',
    '이 곡선은 페이지를 만들 때 계산한 것입니다.',
  ),
  changed: sentence(
    'The controls have changed: these curves belong to the settings before. Start runs the new ones.',
    '설정이 바뀌었습니다. 지금 보이는 곡선은 이전 설정의 결과입니다. 시작을 누르면 새 설정으로 학습합니다.',
  ),
  running: label<{ step: number; total: number; rate: string; paused: boolean }>({
    en: ({ step, total, rate, paused }) =>
      `${paused ? 'Paused at update' : 'Update'} ${step} of ${total}, ${rate} examples a second`,
    ko: ({ step, total, rate, paused }) =>
      `${total}번 중 ${step}번 업데이트${paused ? '에서 멈춤' : ''}, 초당 예제 ${rate}개`,
  }),
  done: label<{ seconds: string; rate: string }>({
    en: ({ seconds, rate }) => `Finished in ${seconds} s, ${rate} examples a second.`,
    ko: ({ seconds, rate }) => `${seconds}초 만에 끝났습니다. 초당 예제 ${rate}개.`,
  }),
  facts: label<{ network: string; parameters: string; train: string; test: string }>({
    en: ({ network, parameters, train, test }) =>
      `${network}: ${parameters} parameters, ${train} examples to learn from, ${test} to judge by.`,
    ko: ({ network, parameters, train, test }) =>
      `${network}: 매개변수 ${parameters}개, 학습 예제 ${train}개, 평가 예제 ${test}개.`,
  }),

  curvesHeading: sentence('Who learns, and how fast', '누가, 얼마나 빨리 배우는가'),
  layersHeading: sentence('Inside, layer by layer', '층별로 들여다보기'),
  layersText: sentence(
    'What a batch does on its way through the network, before the first update and now. A start that keeps the scale draws a level line; a line that falls by powers of ten is a signal, or a gradient, that has vanished.',
    '배치 하나가 네트워크를 지나가는 모습을 학습 전과 지금으로 나누어 봅니다. 크기를 유지하는 초기화는 수평선을 그립니다. 10의 거듭제곱으로 떨어지는 선은 신호나 그래디언트가 사라졌다는 뜻입니다.',
  ),
  look: sentence('Look at', '볼 것'),
  when: sentence('When', '시점'),
  whenName: label<{ name: 'start' | 'end' }>({
    en: ({ name }) => (name === 'start' ? 'step 0' : 'now'),
    ko: ({ name }) => (name === 'start' ? '학습 전' : '지금'),
  }),
  histogramsCut: label<{ shown: number; all: number }>({
    en: ({ shown, all }) => `${shown} of ${all} layers are shown.`,
    ko: ({ shown, all }) => `층 ${all}개 중 ${shown}개만 그렸습니다.`,
  }),

  resultsTitle: sentence('What became of them', '결과'),
  finalCost: sentence('cost, last epoch', '마지막 에폭 비용'),
  finalTest: sentence('test accuracy', '테스트 정확도'),
  ratio: sentence('gradient reaching layer 1', '첫 층에 도달한 그래디언트'),
  verdict: sentence('verdict', '판정'),
  firstCost: sentence('first cost', '첫 비용'),
} as const;
