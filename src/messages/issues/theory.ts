import { issue } from '../define.ts';

export const theoryIssues = {
  'theory.bad_number': issue<{ where: string; name: string; expected: string; got: number }>('usage', {
    en: ({ where, name, expected, got }) =>
      `${where}: ${name} must be a finite number ${expected}, got ${got}. Pass one that is.`,
    ko: ({ where, name, expected, got }) =>
      `${where}: ${name} 값은 유한한 수여야 하며 조건은 ${expected}입니다. 받은 값: ${got}. 조건에 맞는 수를 주세요.`,
  }),
  'theory.input': issue<{ input: string; expected: string; got: string }>('usage', {
    en: ({ input, expected, got }) =>
      `predict: the statistics of input '${input}' must be ${expected}, got ${got}. Take them from a batch with inputSignal.`,
    ko: ({ input, expected, got }) =>
      `predict: 입력 '${input}'의 통계량 조건은 ${expected}입니다. 받은 값: ${got}. inputSignal로 배치에서 구하세요.`,
  }),
};
