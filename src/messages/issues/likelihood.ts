import { issue } from '../define.ts';

export const likelihoodIssues = {
  'likelihood.bad_option': issue<{ option: string; expected: string; got: string }>('usage', {
    en: ({ option, expected, got }) =>
      `likelihood: ${option} must be ${expected}, but it is ${got}. Correct this value.`,
    ko: ({ option, expected, got }) =>
      `가능도: ${option} 값은 ${expected}이어야 하는데 ${got}입니다. 값을 고쳐 주세요.`,
  }),
  'likelihood.no_chain': issue<{ layer: string; kind: string }>('usage', {
    en: ({ layer, kind }) =>
      `likelihood: annealed importance sampling needs chains that leave the model unchanged, and ${kind} units (${layer} layer) are drawn by an approximation that does not. Enumerate the other layer, or use relu units.`,
    ko: ({ layer, kind }) =>
      `가능도: AIS에는 모델의 분포를 그대로 유지하는 연쇄가 필요한데, ${kind} 유닛(${layer === 'visible' ? '가시층' : '은닉층'})의 표집은 근사라서 그렇지 않습니다. 다른 층을 모두 열거해 계산하거나 relu 유닛을 쓰세요.`,
  }),
  'likelihood.no_pseudo_likelihood': issue<{ kind: string }>('usage', {
    en: ({ kind }) =>
      `likelihood: the pseudo-likelihood is a sum over the states of each visible unit, and ${kind} units have no countable states. Use the log-likelihood.`,
    ko: ({ kind }) =>
      `가능도: 유사 가능도는 가시 유닛마다 모든 상태를 더해 구하는데, ${kind} 유닛의 상태는 셀 수 없습니다. 로그 가능도를 쓰세요.`,
  }),
  'likelihood.no_chains': issue('usage', {
    en: () => 'likelihood: at least two chains are needed, otherwise there is no error to state. Pass more.',
    ko: () => '가능도: 오차를 구하려면 연쇄가 두 개 이상 필요합니다. 더 넘겨 주세요.',
  }),
} as const;
