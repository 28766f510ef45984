/** Titles, axes, summaries and notes of the figures of a race. */
import { label } from '../define.ts';

const lossNames = {
  'softmax-cross-entropy': { en: 'softmax cross-entropy', ko: '소프트맥스 교차 엔트로피' },
  'mean-squared-error': { en: 'mean squared error', ko: '평균 제곱 오차' },
  'binary-cross-entropy': { en: 'binary cross-entropy', ko: '이진 교차 엔트로피' },
} as const;
type LossName = keyof typeof lossNames;

const quantities = {
  weights: { en: 'weights', ko: '가중치' },
  preActivations: { en: 'pre-activations z', ko: '활성화 전 값 z' },
  activations: { en: 'activations', ko: '활성값' },
  gradients: { en: 'gradient ∂cost/∂z', ko: '그래디언트 ∂비용/∂z' },
} as const;
export type QuantityName = keyof typeof quantities;

const list = (names: readonly string[]) => names.join(', ');
const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const figureLabels = {
  costTitle: label({ en: () => 'Cost while training', ko: () => '학습 중 비용' }),
  costAxis: label<{ loss: LossName }>({
    en: ({ loss }) => `cost (${lossNames[loss].en})`,
    ko: ({ loss }) => `비용 (${lossNames[loss].ko})`,
  }),
  updatesAxis: label({ en: () => 'updates', ko: () => '업데이트 횟수' }),
  epochAxis: label({ en: () => 'epoch', ko: () => '에폭' }),
  costSummary: label<{ best: string; bestCost: string; worst: string; worstCost: string; factor: string }>({
    en: ({ best, bestCost, worst, worstCost, factor }) =>
      `After the last epoch the cost is lowest from ${best} (${bestCost}) and highest from ${worst} (${worstCost}), ${factor} times as much.`,
    ko: ({ best, bestCost, worst, worstCost, factor }) =>
      `마지막 에폭의 비용은 ${best}에서 가장 낮고(${bestCost}), ${worst}에서 가장 높습니다(${worstCost}). ${factor}배 차이입니다.`,
  }),
  costSummaryOne: label<{ best: string; bestCost: string }>({
    en: ({ best, bestCost }) => `After the last epoch the cost from ${best} is ${bestCost}.`,
    ko: ({ best, bestCost }) => `${best}의 마지막 에폭 비용은 ${bestCost}입니다.`,
  }),
  nothingFinished: label({
    en: () => 'No contestant came as far as the end of an epoch.',
    ko: () => '한 에폭을 끝까지 마친 네트워크가 없습니다.',
  }),
  smoothing: label<{ widest: number }>({
    en: ({ widest }) =>
      `${widest === 1 ? 'Each point is the cost of one batch.' : `Each point is the mean cost of up to ${widest} batches; the first updates are drawn one by one.`} Thin light lines: single batches of the first seed, cut at the frame.`,
    ko: ({ widest }) =>
      `${widest === 1 ? '각 점은 배치 하나의 비용입니다.' : `각 점은 배치 최대 ${widest}개의 비용 평균이며, 처음 몇 번의 업데이트는 하나씩 그렸습니다.`} 옅은 선은 첫 번째 시드의 배치별 비용이고, 그림 범위를 벗어나면 테두리에서 잘립니다.`,
  }),
  bands: label<{ seeds: number }>({
    en: ({ seeds }) => `Line: median over ${seeds} seeds. Band: smallest to largest of them.`,
    ko: ({ seeds }) => `선은 시드 ${seeds}개의 중앙값, 띠는 최솟값에서 최댓값까지입니다.`,
  }),
  dots: label<{ seeds: number }>({
    en: ({ seeds }) => `Dot: median over ${seeds} seeds. Bar: smallest to largest of them.`,
    ko: ({ seeds }) => `점은 시드 ${seeds}개의 중앙값, 막대는 최솟값에서 최댓값까지입니다.`,
  }),
  oneSeed: label({
    en: () => 'One seed: there is no band, and small differences may be chance.',
    ko: () => '시드가 하나라서 띠가 없습니다. 작은 차이는 우연일 수 있습니다.',
  }),
  zeroRail: label({
    en: () =>
      'A value of exactly 0 has no place on a log axis: it is drawn on the dashed line marked 0 at the bottom.',
    ko: () => '정확히 0인 값은 로그 축에 놓을 수 없어서, 맨 아래 0으로 표시한 점선 위에 그렸습니다.',
  }),
  zeroRailDots: label({
    en: () => 'A value of exactly 0 has no place on a log axis: it stands on the dashed line marked 0.',
    ko: () => '정확히 0인 값은 로그 축에 놓을 수 없어서, 0으로 표시한 점선 위에 놓았습니다.',
  }),
  broken: label<{ starts: readonly string[] }>({
    en: ({ starts }) => `× marks where a run broke off: ${list(starts)}.`,
    ko: ({ starts }) => `×는 학습이 끊긴 지점입니다: ${list(starts)}.`,
  }),
  missing: label<{ starts: readonly string[] }>({
    en: ({ starts }) => `Not drawn, because there is no finite value: ${list(starts)}.`,
    ko: ({ starts }) => `유한한 값이 없어 그리지 못했습니다: ${list(starts)}.`,
  }),
  partlyMissing: label<{ places: readonly string[] }>({
    en: ({ places }) => `Gaps, because the value is not finite there: ${list(places)}.`,
    ko: ({ places }) => `값이 유한하지 않아 선이 끊긴 곳: ${list(places)}.`,
  }),
  epochColumn: label({ en: () => 'epoch', ko: () => '에폭' }),
  beforeTraining: label({ en: () => '0 (first batch)', ko: () => '0 (첫 배치)' }),

  accuracyTitle: label({ en: () => 'Test accuracy after each epoch', ko: () => '에폭별 테스트 정확도' }),
  accuracyCloseTitle: label({
    en: () => 'Test accuracy, the upper end enlarged',
    ko: () => '테스트 정확도: 높은 구간 확대',
  }),
  accuracyAxis: label({ en: () => 'test accuracy', ko: () => '테스트 정확도' }),
  accuracySummary: label<{ best: string; accuracy: string; worst: string; worstAccuracy: string }>({
    en: ({ best, accuracy, worst, worstAccuracy }) =>
      `Best at the end: ${best} with ${accuracy}. Worst: ${worst} with ${worstAccuracy}.`,
    ko: ({ best, accuracy, worst, worstAccuracy }) =>
      `마지막 정확도는 ${best} 쪽이 ${accuracy}로 가장 높고, ${worst} 쪽이 ${worstAccuracy}로 가장 낮습니다.`,
  }),
  accuracySummaryOne: label<{ best: string; accuracy: string }>({
    en: ({ best, accuracy }) => `${best} ends at ${accuracy}.`,
    ko: ({ best, accuracy }) => `${best}의 마지막 정확도는 ${accuracy}입니다.`,
  }),
  belowFrame: label<{ starts: readonly string[] }>({
    en: ({ starts }) => `Ends below this frame: ${list(starts)}.`,
    ko: ({ starts }) => `이 범위보다 낮게 끝난 초기화: ${list(starts)}.`,
  }),
  testCostTitle: label({ en: () => 'Test cost after each epoch', ko: () => '에폭별 테스트 비용' }),
  testCostSummary: label<{ best: string; cost: string; worst: string; worstCost: string }>({
    en: ({ best, cost, worst, worstCost }) =>
      `Lowest test cost at the end: ${best} with ${cost}. Highest: ${worst} with ${worstCost}.`,
    ko: ({ best, cost, worst, worstCost }) =>
      `마지막 테스트 비용은 ${best} 쪽이 ${cost}로 가장 낮고, ${worst} 쪽이 ${worstCost}로 가장 높습니다.`,
  }),
  testCostSummaryOne: label<{ best: string; cost: string }>({
    en: ({ best, cost }) => `${best} ends with a test cost of ${cost}.`,
    ko: ({ best, cost }) => `${best}의 마지막 테스트 비용은 ${cost}입니다.`,
  }),

  quantity: label<{ name: QuantityName }>({
    en: ({ name }) => quantities[name].en,
    ko: ({ name }) => quantities[name].ko,
  }),
  atStart: label({ en: () => 'step 0', ko: () => '학습 전' }),
  atEnd: label({ en: () => 'at the end', ko: () => '학습 후' }),
  depthTitle: label<{ name: QuantityName; when: 'start' | 'end' }>({
    en: ({ name, when }) => `${capital(quantities[name].en)}, ${when === 'start' ? 'step 0' : 'at the end'}`,
    ko: ({ name, when }) => `${quantities[name].ko}, ${when === 'start' ? '학습 전' : '학습 후'}`,
  }),
  standardDeviationAxis: label({ en: () => 'standard deviation', ko: () => '표준편차' }),
  layerAxis: label({ en: () => 'layer', ko: () => '층' }),
  depthSummary: label<{ most: string; mostFactor: string; least: string; leastFactor: string }>({
    en: ({ most, mostFactor, least, leastFactor }) =>
      `From the first layer to the last the standard deviation changes most from ${most} (times ${mostFactor}) and least from ${least} (times ${leastFactor}).`,
    ko: ({ most, mostFactor, least, leastFactor }) =>
      `첫 층에서 마지막 층까지 표준편차는 ${most}에서 가장 크게 변하고(${mostFactor}배), ${least}에서 가장 적게 변합니다(${leastFactor}배).`,
  }),
  depthSummaryOne: label<{ most: string; mostFactor: string }>({
    en: ({ most, mostFactor }) =>
      `From the first layer to the last the standard deviation from ${most} changes by a factor of ${mostFactor}.`,
    ko: ({ most, mostFactor }) => `${most}의 표준편차는 첫 층에서 마지막 층까지 ${mostFactor}배가 됩니다.`,
  }),
  depthSummaryLevel: label({
    en: () =>
      'From no start does the standard deviation change by a tenth between the first layer and the last.',
    ko: () => '첫 층과 마지막 층의 표준편차 차이가 10 %를 넘는 초기화가 없습니다.',
  }),
  depthSummaryNone: label({
    en: () => 'No start has a standard deviation above 0 in both the first and the last layer.',
    ko: () => '첫 층과 마지막 층의 표준편차가 모두 0보다 큰 초기화가 없습니다.',
  }),
  depthZero: label<{ starts: readonly string[] }>({
    en: ({ starts }) => `Exactly 0 in at least one layer: ${list(starts)}.`,
    ko: ({ starts }) => `하나 이상의 층에서 정확히 0: ${list(starts)}.`,
  }),

  gradientTitle: label({
    en: () => 'Gradient that reaches layer 1, step 0',
    ko: () => '첫 층까지 전달된 그래디언트, 학습 전',
  }),
  gradientAxis: label({
    en: () => 'gradient in the first layer ÷ in the last (root mean square of ∂cost/∂z)',
    ko: () => '첫 층의 그래디언트 ÷ 마지막 층의 그래디언트 (∂비용/∂z의 제곱평균제곱근)',
  }),
  gradientSummary: label<{ nearest: string; ratio: string; farthest: string; farthestRatio: string }>({
    en: ({ nearest, ratio, farthest, farthestRatio }) =>
      `Nearest to 1 is ${nearest} (${ratio}); farthest from it is ${farthest} (${farthestRatio}).`,
    ko: ({ nearest, ratio, farthest, farthestRatio }) =>
      `1에 가장 가까운 초기화는 ${nearest}(${ratio}), 가장 먼 초기화는 ${farthest}(${farthestRatio})입니다.`,
  }),
  gradientSummaryOne: label<{ nearest: string; ratio: string }>({
    en: ({ nearest, ratio }) => `From ${nearest} the ratio is ${ratio}.`,
    ko: ({ nearest, ratio }) => `${nearest}의 비율은 ${ratio}입니다.`,
  }),
  gradientSummaryNone: label({
    en: () => 'The ratio could not be measured for any start.',
    ko: () => '비율을 잴 수 있는 초기화가 없습니다.',
  }),
  gradientBlocked: label<{ starts: readonly string[] }>({
    en: ({ starts }) => `No gradient at all reaches layer 1: ${list(starts)}.`,
    ko: ({ starts }) => `첫 층에 그래디언트가 전혀 전달되지 않음: ${list(starts)}.`,
  }),

  histogramTitle: label<{ name: QuantityName }>({
    en: ({ name }) => `Histograms: ${quantities[name].en}`,
    ko: ({ name }) => `히스토그램: ${quantities[name].ko}`,
  }),
  histogramNote: label<{ seed: number }>({
    en: ({ seed }) =>
      `Seed ${seed}. Every histogram has its own axis, from its smallest to its largest value. Values that are exactly 0 stand apart: the hollow bar on the left is their share of all values.`,
    ko: ({ seed }) =>
      `시드 ${seed}. 히스토그램마다 축이 다르며, 각각 최솟값에서 최댓값까지입니다. 정확히 0인 값은 따로 떼어, 전체에서 차지하는 비율을 왼쪽의 빈 막대로 그렸습니다.`,
  }),
  histogramSummary: label<{ layers: number; starts: number }>({
    en: ({ layers, starts }) =>
      `Distributions in ${plural(layers, 'layer', 'layers')} for ${plural(starts, 'start', 'starts')}, before the first update and after the last.`,
    ko: ({ layers, starts }) =>
      `초기화 ${starts}가지에 대해 층 ${layers}개의 분포를 첫 업데이트 전과 마지막 업데이트 후로 나누어 보여 줍니다.`,
  }),

  startColumn: label({ en: () => 'start', ko: () => '초기화' }),
  layerColumn: label({ en: () => 'layer', ko: () => '층' }),
  whenColumn: label({ en: () => 'when', ko: () => '시점' }),
  meanColumn: label({ en: () => 'mean', ko: () => '평균' }),
  deviationColumn: label({ en: () => 'std', ko: () => '표준편차' }),
  minimumColumn: label({ en: () => 'min', ko: () => '최소' }),
  maximumColumn: label({ en: () => 'max', ko: () => '최대' }),
  zeroColumn: label({ en: () => 'exactly 0', ko: () => '정확히 0' }),
  saturatedColumn: label({ en: () => 'saturated', ko: () => '포화' }),
  notFiniteColumn: label({ en: () => 'not finite', ko: () => 'NaN·Inf' }),
  medianColumn: label({ en: () => 'median', ko: () => '중앙값' }),
  seedsColumn: label({ en: () => 'seeds', ko: () => '시드 수' }),
} as const;

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
