/** Texts of the report page, of the terminal summary and of the table of results. */
import { label } from '../define.ts';

/** The verdicts of `race/result.ts`, and `failed` for what could not run at all. */
const verdicts = {
  learns: { en: 'learns', ko: '잘 학습됨' },
  'learns-slowly': { en: 'learns slowly', ko: '느리게 학습됨' },
  'does-not-learn': { en: 'does not learn', ko: '학습 안 됨' },
  frozen: { en: 'frozen', ko: '변화 없음' },
  diverged: { en: 'diverged', ko: '발산' },
  unfinished: { en: 'unfinished', ko: '중단됨' },
  failed: { en: 'could not run', ko: '실행 실패' },
} as const;
export type Outcome = keyof typeof verdicts;

const sentences: Record<Outcome, { en: string; ko: string }> = {
  learns: {
    en: 'Ends with a test error near the best of this race.',
    ko: '테스트 오차가 이 경주의 최고 기록에 가깝게 끝났습니다.',
  },
  'learns-slowly': {
    en: 'Better than guessing, but clearly behind the best of this race.',
    ko: '무작위 추측보다는 낫지만 이 경주의 최고 기록에는 크게 못 미칩니다.',
  },
  'does-not-learn': {
    en: 'No better at the end than guessing.',
    ko: '끝까지 무작위 추측 수준을 벗어나지 못했습니다.',
  },
  frozen: {
    en: 'No weight receives a gradient at step 0, so the weights stay as they are.',
    ko: '학습 전부터 어느 가중치에도 그래디언트가 오지 않아 가중치가 그대로입니다.',
  },
  diverged: {
    en: 'The numbers overflowed to NaN or infinity; training stopped there.',
    ko: '값이 NaN이나 무한대로 넘쳐 그 자리에서 학습을 멈췄습니다.',
  },
  unfinished: { en: 'Stopped before its end.', ko: '끝나기 전에 중단되었습니다.' },
  failed: { en: 'Could not be run at all.', ko: '아예 실행되지 못했습니다.' },
};

const places = {
  weights: { en: 'weights', ko: '가중치' },
  'pre-activations': { en: 'pre-activations', ko: '활성화 전 값' },
  activations: { en: 'activations', ko: '활성값' },
  loss: { en: 'cost', ko: '비용' },
  gradient: { en: 'gradient', ko: '그래디언트' },
} as const;

const seedNames = {
  en: (seeds: readonly number[]) => `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seeds.join(', ')}`,
  ko: (seeds: readonly number[]) => `시드 ${seeds.join(', ')}`,
};

const s = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const reportLabels = {
  verdict: label<{ outcome: Outcome }>({
    en: ({ outcome }) => verdicts[outcome].en,
    ko: ({ outcome }) => verdicts[outcome].ko,
  }),
  verdictOfSome: label<{ outcome: Outcome; count: number; of: number }>({
    en: ({ outcome, count, of }) => `${verdicts[outcome].en} ${count}/${of}`,
    ko: ({ outcome, count, of }) => `${verdicts[outcome].ko} ${count}/${of}`,
  }),
  verdictSentence: label<{ outcome: Outcome }>({
    en: ({ outcome }) => sentences[outcome].en,
    ko: ({ outcome }) => sentences[outcome].ko,
  }),

  pageTitle: label<{ network: string; data: string }>({
    en: ({ network, data }) => `The race: ${network} on ${data}`,
    ko: ({ network, data }) => `초기화 경주: ${network}, ${data}`,
  }),
  heading: label({ en: () => 'Same network, different starts', ko: () => '같은 신경망, 다른 초기화' }),
  lead: label<{ network: string; data: string; starts: number; seeds: number; epochs: number }>({
    en: ({ network, data, starts, seeds, epochs }) =>
      `The network ${network} was trained on ${data} for ${s(epochs, 'epoch')}, once from each of ${s(starts, 'start')} and with ${s(seeds, 'seed')}. Everything else was equal: the batches, their order, the optimizer.`,
    ko: ({ network, data, starts, seeds, epochs }) =>
      `${network} 신경망을 ${data} 데이터로 ${epochs}에폭 동안 학습했습니다. 초기화 ${starts}가지, 시드 ${seeds}개로 반복했고, 배치와 그 순서, 옵티마이저 등 나머지 조건은 모두 같습니다.`,
  }),
  headline: label<{ best: string; learned: number; starts: number }>({
    en: ({ best, learned, starts }) =>
      `${learned} of ${s(starts, 'start')} learned well; the best at the end was ${best}.`,
    ko: ({ best, learned, starts }) =>
      `초기화 ${starts}가지 중 ${learned}가지가 잘 학습되었고, 최종 성적 1위는 ${best}입니다.`,
  }),
  languageChoice: label({ en: () => 'Language', ko: () => '언어' }),
  skip: label({ en: () => 'Skip to the results', ko: () => '결과로 바로 가기' }),
  contents: label({ en: () => 'Contents', ko: () => '차례' }),

  resultsHeading: label({ en: () => 'Results', ko: () => '결과' }),
  firstCost: label({ en: () => 'first cost', ko: () => '첫 비용' }),
  costAfterEpoch1: label({ en: () => 'cost, epoch 1', ko: () => '1에폭 비용' }),
  finalCost: label({ en: () => 'final cost', ko: () => '최종 비용' }),
  testAccuracy: label({ en: () => 'test accuracy %', ko: () => '테스트 정확도 %' }),
  testCost: label({ en: () => 'test cost', ko: () => '테스트 비용' }),
  gradient: label({ en: () => 'gradient 1st/last', ko: () => '그래디언트 첫/끝' }),
  verdictColumn: label({ en: () => 'verdict', ko: () => '판정' }),
  startColumn: label({ en: () => 'start', ko: () => '초기화' }),
  resultsNote: label<{ seeds: number }>({
    en: ({ seeds }) =>
      seeds > 1
        ? `Means over ${seeds} seeds; ± is the sample standard deviation. First cost: the first batch, before any update. Costs of an epoch: mean over its batches. Gradient 1st/last: root mean square of ∂cost/∂z in the first layer over that in the last, at step 0. Runs that diverged or failed have no final cost.`
        : 'First cost: the first batch, before any update. Costs of an epoch: mean over its batches. Gradient 1st/last: root mean square of ∂cost/∂z in the first layer over that in the last, at step 0. Runs that diverged or failed have no final cost.',
    ko: ({ seeds }) =>
      `${seeds > 1 ? `시드 ${seeds}개의 평균이며 ±는 표본 표준편차입니다. ` : ''}첫 비용은 업데이트 전 첫 배치의 비용, 에폭 비용은 그 에폭 배치들의 평균입니다. 그래디언트 첫/끝은 학습 전 첫 층의 ∂비용/∂z를 마지막 층의 값으로 나눈 것입니다(제곱평균제곱근 기준). 발산하거나 실패한 실행에는 최종 비용이 없습니다.`,
  }),
  tableScroll: label({ en: () => 'Table of results', ko: () => '결과 표' }),
  divergedAt: label<{
    seeds: readonly number[];
    step: number;
    layer: string;
    where: keyof typeof places;
  }>({
    en: ({ seeds, step, layer, where }) =>
      `${seedNames.en(seeds)}: stopped at update ${step}, because the ${places[where].en} of ${layer} held NaN or infinity.`,
    ko: ({ seeds, step, layer, where }) =>
      `${seedNames.ko(seeds)}: ${step}번째 업데이트에서 멈췄습니다. ${layer} 층의 ${places[where].ko}에 NaN 또는 무한대가 생겼습니다.`,
  }),
  failedWith: label<{ seeds: readonly number[]; message: string }>({
    en: ({ seeds, message }) => `${seedNames.en(seeds)}: ${message}`,
    ko: ({ seeds, message }) => `${seedNames.ko(seeds)}: ${message}`,
  }),

  costHeading: label({ en: () => 'Cost curves', ko: () => '비용 곡선' }),
  costExplained: label({
    en: () =>
      'The cost says how surprised the network is by the right answers: 0 means never. The axis is logarithmic, so that equal steps upwards are equal factors; on a linear axis a start whose first cost is in the hundreds would press all others flat onto the floor.',
    ko: () =>
      '비용은 신경망의 답이 정답에서 얼마나 벗어났는지를 나타내며, 0이면 완벽하게 맞힌 것입니다. 세로축은 로그 눈금이라 같은 간격이 같은 배율을 뜻합니다. 보통 눈금이라면 첫 비용이 수백에 이르는 초기화 하나 때문에 나머지 곡선이 모두 바닥에 눌려 구별되지 않습니다.',
  }),
  chanceExplained: label<{ classes: number; chance: string }>({
    en: ({ classes, chance }) =>
      `A network that gives every one of the ${classes} classes the same probability has a cost of ln ${classes} ≈ ${chance}. A good start begins near there; one that begins far above is wrong with great confidence, and its first epochs go into unlearning that.`,
    ko: ({ classes, chance }) =>
      `클래스 ${classes}개에 모두 같은 확률을 주는 신경망의 비용은 ln ${classes} ≈ ${chance}입니다. 좋은 초기화는 이 근처에서 출발합니다. 훨씬 높은 데서 출발했다면 틀린 답을 강하게 확신하고 있다는 뜻이고, 그것을 되돌리는 데 처음 몇 에폭을 써 버립니다.`,
  }),
  showRaw: label({ en: () => 'single batches', ko: () => '배치별 비용 표시' }),
  accuracyHeading: label({ en: () => 'On data it has not seen', ko: () => '처음 보는 데이터에서' }),
  accuracyExplained: label({
    en: () =>
      'Cost is measured on the examples that the network learns from. What counts is how it does on the test set, which it never trains on.',
    ko: () =>
      '비용은 학습에 쓴 예제로 잰 값입니다. 정말 중요한 것은 학습에 쓰지 않은 테스트 데이터에서의 성적입니다.',
  }),
  gradientHeading: label({
    en: () => 'What reaches the first layer',
    ko: () => '첫 층까지 무엇이 전달되는가',
  }),
  gradientExplained: label({
    en: () =>
      'Learning runs on the gradient, which travels from the last layer back to the first and is multiplied by the weights of every layer on its way. Weights too small, and it fades; too large, and it explodes. The ratio compares both ends before the first update: near 1, all layers learn at a similar pace.',
    ko: () =>
      '학습의 동력인 그래디언트는 마지막 층에서 첫 층으로 거슬러 가며, 지나는 층마다 그 층의 가중치가 곱해집니다. 가중치가 너무 작으면 사라지고 너무 크면 폭발합니다. 이 비율은 첫 업데이트 전에 양 끝을 비교한 것으로, 1에 가까우면 모든 층이 비슷한 속도로 배웁니다.',
  }),
  depthHeading: label({ en: () => 'Signal against depth', ko: () => '층을 지나며 변하는 신호' }),
  depthExplained: label({
    en: () =>
      'How wide the values spread in each layer. A start that suits the activation keeps the lines of activations and gradients level from layer to layer; a line that falls or climbs loses or blows up the signal by the same factor at each layer.',
    ko: () =>
      '층마다 값이 얼마나 퍼져 있는지를 보여 줍니다. 활성화 함수에 맞는 초기화라면 활성값과 그래디언트의 선이 층이 바뀌어도 평평합니다. 선이 내려가거나 올라가면 층을 지날 때마다 같은 배율로 신호가 사라지거나 커지는 것입니다.',
  }),
  histogramHeading: label({ en: () => 'Layer by layer', ko: () => '층별 분포' }),
  quantityChoice: label({ en: () => 'What to show', ko: () => '볼 값' }),
  whenChoice: label({ en: () => 'When', ko: () => '시점' }),
  bothTimes: label({ en: () => 'both', ko: () => '둘 다' }),
  notTraced: label({ en: () => 'not measured', ko: () => '측정 없음' }),

  zeroHeading: label({ en: () => 'Starts that stand still', ko: () => '멈춰 있는 초기화' }),
  movesNothing: label<{ start: string }>({
    en: ({ start }) => `${start}: at step 0 no weight and no bias receives any gradient. Nothing can move.`,
    ko: ({ start }) =>
      `${start}: 학습 전 어느 가중치와 편향에도 그래디언트가 오지 않아 아무것도 움직이지 않습니다.`,
  }),
  moves: label<{ start: string; moving: readonly { layer: string; what: 'weights' | 'biases' }[] }>({
    en: ({ start, moving }) =>
      `${start}: at step 0 only ${moving.map(({ layer, what }) => `the ${what} of ${layer}`).join(' and ')} receive a gradient; in all other places it is exactly 0.`,
    ko: ({ start, moving }) =>
      `${start}: 학습 전 그래디언트가 오는 곳은 ${moving.map(({ layer, what }) => `${layer} 층의 ${what === 'weights' ? '가중치' : '편향'}`).join(', ')}뿐이고, 나머지는 모두 정확히 0입니다.`,
  }),
  staysEqual: label<{ start: string; layers: readonly { name: string; units: number; groups: number }[] }>({
    en: ({ start, layers }) =>
      `${start}: after training some units still have equal weights: ${layers.map(({ name, units, groups }) => `${units} in ${name} (${s(groups, 'group')})`).join(', ')}. The units of a group compute the same and count as one.`,
    ko: ({ start, layers }) =>
      `${start}: 학습 후에도 가중치가 똑같은 유닛이 남아 있습니다: ${layers.map(({ name, units, groups }) => `${name} 층 ${units}개(${groups}묶음)`).join(', ')}. 한 묶음의 유닛은 같은 계산을 하므로 유닛 하나와 다름없습니다.`,
  }),
  zeroExplained: label({
    en: () =>
      'A gradient that is exactly 0 changes nothing however long the training lasts. With all weights 0 the chain rule multiplies by 0 at every layer; and units that start equal receive equal updates and stay equal: random starts are there to break this symmetry.',
    ko: () =>
      '그래디언트가 정확히 0이면 아무리 오래 학습해도 변하지 않습니다. 가중치가 모두 0이면 연쇄 법칙이 층마다 0을 곱하기 때문입니다. 또 똑같이 출발한 유닛은 똑같이 업데이트되어 영영 같은 채로 남습니다. 난수로 초기화하는 까닭은 이 대칭을 깨기 위해서입니다.',
  }),

  repeatHeading: label({ en: () => 'Run it again', ko: () => '다시 실행하기' }),
  repeatExplained: label({
    en: () => 'The same command gives the same curves, bit for bit, for any number of workers.',
    ko: () => '같은 명령은 작업 스레드 수와 관계없이 비트까지 같은 곡선을 만듭니다.',
  }),
  copy: label({ en: () => 'Copy', ko: () => '복사' }),
  copied: label({ en: () => 'Copied', ko: () => '복사됨' }),
  factNetwork: label({ en: () => 'Network', ko: () => '신경망' }),
  factParameters: label({ en: () => 'Parameters', ko: () => '매개변수' }),
  factData: label({ en: () => 'Data', ko: () => '데이터' }),
  factExamples: label({ en: () => 'Examples', ko: () => '예제 수' }),
  examples: label<{ train: string; test: string }>({
    en: ({ train, test }) => `${train} to train, ${test} to test`,
    ko: ({ train, test }) => `학습 ${train}개, 테스트 ${test}개`,
  }),
  factClasses: label({ en: () => 'Classes', ko: () => '클래스' }),
  factPreprocessing: label({ en: () => 'Preprocessing', ko: () => '전처리' }),
  preprocessing: label<{ name: 'none' | 'standardize' }>({
    en: ({ name }) => (name === 'none' ? 'none' : 'standardized (mean 0, standard deviation 1)'),
    ko: ({ name }) => (name === 'none' ? '없음' : '표준화(평균 0, 표준편차 1)'),
  }),
  factDigest: label({ en: () => 'Digest of the data', ko: () => '데이터 해시' }),
  factOptimizer: label({ en: () => 'Optimizer', ko: () => '옵티마이저' }),
  factBatch: label({ en: () => 'Batch size', ko: () => '배치 크기' }),
  factRate: label({ en: () => 'Learning rate', ko: () => '학습률' }),
  factEpochs: label({ en: () => 'Epochs', ko: () => '에폭' }),
  factLabelSmoothing: label({ en: () => 'Label smoothing', ko: () => '레이블 스무딩' }),
  factEarlyStopping: label({ en: () => 'Early stopping', ko: () => '조기 종료' }),
  earlyStopping: label<{ validation: number; patience: number }>({
    en: ({ validation, patience }) =>
      `${validation.toLocaleString('en-US')} training examples held out; ends after ${patience} epochs without a better result on them; the best weights are kept`,
    ko: ({ validation, patience }) =>
      `훈련 예제 ${validation.toLocaleString('en-US')}개를 떼어 두고 ${patience}에폭 동안 나아지지 않으면 종료, 가장 좋았던 가중치를 남김`,
  }),
  factSeeds: label({ en: () => 'Seeds', ko: () => '시드' }),
  factStream: label({ en: () => 'Random numbers of the weights', ko: () => '가중치 난수 생성기' }),
  factMachine: label({ en: () => 'Machine', ko: () => '컴퓨터' }),
  machine: label<{ cpu: string; cores: number; platform: string; workers: number }>({
    en: ({ cpu, cores, platform, workers }) =>
      `${cpu}, ${s(cores, 'core')}, ${platform}, ${s(workers, 'worker')}`,
    ko: ({ cpu, cores, platform, workers }) =>
      `${cpu}, 코어 ${cores}개, ${platform}, 작업 스레드 ${workers}개`,
  }),
  factVersions: label({ en: () => 'Versions', ko: () => '버전' }),
  factDate: label({ en: () => 'Date', ko: () => '날짜' }),
  factTime: label({ en: () => 'Time taken', ko: () => '걸린 시간' }),
  duration: label<{ seconds: number }>({
    en: ({ seconds }) => duration(seconds, 'h', 'min', 's'),
    ko: ({ seconds }) => duration(seconds, '시간', '분', '초', ''),
  }),
  dataTable: label({ en: () => 'The numbers', ko: () => '수치 보기' }),
  footer: label<{ version: string }>({
    en: ({ version }) =>
      `Written by Outset ${version}. One file: nothing is loaded from anywhere, and it works offline.`,
    ko: ({ version }) =>
      `Outset ${version}에서 만든 보고서입니다. 외부에서 아무것도 불러오지 않는 파일 하나라서 오프라인에서도 열립니다.`,
  }),
} as const;

function duration(seconds: number, hour: string, minute: string, second: string, gap = ' '): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}${gap}${second}`;
  const whole = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), hour],
    [Math.floor(whole / 60) % 60, minute],
    [whole % 60, second],
  ];
  return parts
    .filter(([value]) => value > 0)
    .slice(0, 2)
    .map(([value, unit]) => `${value}${gap}${unit}`)
    .join(' ');
}
