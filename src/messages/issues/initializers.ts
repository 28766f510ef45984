import { issue } from '../define.ts';

export const initializersIssues = {
  'initializers.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `initializers: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `initializers: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
