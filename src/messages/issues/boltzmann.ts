import { issue } from '../define.ts';

export const boltzmannIssues = {
  'boltzmann.bad_units': issue<{ layer: string; field: string; expected: string; got: string }>('usage', {
    en: ({ layer, field, expected, got }) =>
      `${layer} units: ${field} must be ${expected}, but it is ${got}. Correct this value.`,
    ko: ({ layer, field, expected, got }) =>
      `${layer} 유닛: ${field} 값은 ${expected}이어야 하는데 ${got}입니다. 값을 고쳐 주세요.`,
  }),
} as const;
