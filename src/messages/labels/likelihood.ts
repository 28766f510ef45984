/** Names of what a Boltzmann machine is judged by, of the methods, and of what a number is worth. */
import { type Language, label } from '../define.ts';

const quantities = {
  'log-partition': { en: 'log Z', ko: 'log Z' },
  'train-log-likelihood': {
    en: 'log-likelihood of training examples',
    ko: '학습 예제의 로그 가능도',
  },
  'test-log-likelihood': { en: 'log-likelihood of test examples', ko: '테스트 예제의 로그 가능도' },
  'train-pseudo-likelihood': {
    en: 'pseudo-log-likelihood of training examples',
    ko: '학습 예제의 유사 로그 가능도',
  },
  'test-pseudo-likelihood': {
    en: 'pseudo-log-likelihood of test examples',
    ko: '테스트 예제의 유사 로그 가능도',
  },
  'free-energy-gap': {
    en: 'free energy of test examples minus training examples',
    ko: '자유 에너지 차이(테스트 − 학습)',
  },
  'reconstruction-error': {
    en: 'squared error of the one-step reconstruction',
    ko: '1단계 복원의 제곱 오차',
  },
  'mean-error': { en: 'largest error of a mean in samples', ko: '샘플 평균의 최대 오차' },
  'covariance-error': {
    en: 'relative error of the covariances in samples',
    ko: '샘플 공분산의 상대 오차',
  },
} as const;
export type QuantityJudged = keyof typeof quantities;

const methods = {
  exact: {
    en: 'exact: sum over all states of the smaller layer',
    ko: '정확값: 작은 층의 모든 상태에 대한 합',
  },
  ais: { en: 'annealed importance sampling', ko: '담금질 중요도 표집(AIS)' },
  'reverse-ais': { en: 'reverse annealed importance sampling', ko: '역방향 담금질 중요도 표집(역방향 AIS)' },
  'pseudo-exact': { en: 'every unit given all others', ko: '모든 유닛을 나머지 전부가 주어졌을 때 계산' },
  'pseudo-stochastic': {
    en: 'one random unit an example, times their number',
    ko: '예제마다 무작위 유닛 하나만 계산해 유닛 수를 곱함',
  },
  'data-average': { en: 'mean over the examples', ko: '예제 전체의 평균' },
  samples: { en: 'samples of the model against the data', ko: '모델 샘플과 데이터 비교' },
} as const;
export type JudgingMethod = keyof typeof methods;

const standings = {
  exact: { en: 'exact', ko: '정확값' },
  estimate: { en: 'estimate', ko: '추정값' },
  'lower-bound': { en: 'lower bound', ko: '하한' },
  'upper-bound': { en: 'upper bound', ko: '상한' },
  indication: { en: 'no likelihood', ko: '가능도 아님' },
} as const;
const likelihoodSides = {
  'lower-bound': { en: ' (conservative)', ko: '(보수적)' },
  'upper-bound': { en: ' (optimistic)', ko: '(낙관적)' },
} as const;
/** What a number is worth as a statement about the likelihood; bounds hold on average over the runs of a method. */
export type Standing = keyof typeof standings;

const conventions = {
  binary: { en: 'data as they are (binary)', ko: '원래 이진인 데이터' },
  threshold: { en: 'grey levels on from 0.5 up', ko: '회색조 0.5 이상이면 1' },
  sampled: { en: 'grey levels drawn as probabilities, once', ko: '회색조를 확률로 보고 한 번 표집' },
  grey: {
    en: 'grey levels used as they are: not a likelihood of binary data',
    ko: '회색조 값을 그대로 사용(이진 데이터의 가능도가 아님)',
  },
  states: { en: 'data as they are (states)', ko: '원래 범주 상태인 데이터' },
  real: { en: 'densities of real numbers', ko: '실수 데이터의 밀도' },
} as const;
/** What the data were before the model saw them: a likelihood without it is not a number. */
export type DataConvention = keyof typeof conventions;

const warnings = {
  'few-effective-runs': {
    en: 'A few runs carry most of the weight: use more temperatures.',
    ko: '몇 개의 실행이 가중치 대부분을 차지합니다. 온도 수를 늘리세요.',
  },
  'interval-open': {
    en: 'The error is as large as the estimate, so the interval has no lower end.',
    ko: '오차가 추정값만큼 커서 구간의 아래 끝이 없습니다.',
  },
  'below-forward': {
    en: 'The reverse estimate of log Z lies below the forward one: its chains miss parts of the model, and it is no bound.',
    ko: '역방향 log Z 추정값이 순방향보다 작습니다. 연쇄가 모델의 일부를 놓치고 있어 한계로 쓸 수 없습니다.',
  },
  'chains-not-equilibrated': {
    en: 'Chains that start from data and from the end states of the forward runs still differ: they are not samples of the model, and the reverse estimate is no bound.',
    ko: '데이터에서 출발한 연쇄와 순방향 실행의 끝 상태에서 출발한 연쇄가 아직 다릅니다. 모델의 표본이 아니므로 역방향 추정값을 한계로 쓸 수 없습니다.',
  },
  'sides-far-apart': {
    en: 'Forward and reverse estimates differ by more than their errors: use more temperatures.',
    ko: '순방향과 역방향 추정값의 차이가 오차보다 큽니다. 온도 수를 늘리세요.',
  },
  'data-average-only': {
    en: 'Falls while the likelihood falls too: watch it, do not trust it.',
    ko: '가능도가 떨어질 때도 줄어들 수 있습니다. 참고만 하고 믿지는 마세요.',
  },
} as const;
export type JudgingWarning = keyof typeof warnings;

export const likelihoodLabels = {
  quantity: label<{ quantity: QuantityJudged }>({
    en: ({ quantity }) => quantities[quantity].en,
    ko: ({ quantity }) => quantities[quantity].ko,
  }),
  method: label<{ method: JudgingMethod }>({
    en: ({ method }) => methods[method].en,
    ko: ({ method }) => methods[method].ko,
  }),
  standing: label<{ standing: Standing; quantity: QuantityJudged }>({
    en: ({ standing, quantity }) => standings[standing].en + side(standing, quantity, 'en'),
    ko: ({ standing, quantity }) => standings[standing].ko + side(standing, quantity, 'ko'),
  }),
  convention: label<{ convention: DataConvention }>({
    en: ({ convention }) => conventions[convention].en,
    ko: ({ convention }) => conventions[convention].ko,
  }),
  warning: label<{ warning: JudgingWarning }>({
    en: ({ warning }) => warnings[warning].en,
    ko: ({ warning }) => warnings[warning].ko,
  }),
} as const;

/** Whether a bound on a likelihood makes the model look better or worse than it is. */
function side(standing: Standing, quantity: QuantityJudged, language: Language): string {
  const bound = standing === 'lower-bound' || standing === 'upper-bound';
  return bound && quantity !== 'log-partition' ? likelihoodSides[standing][language] : '';
}
