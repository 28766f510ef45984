import { issue } from '../define.ts';

export const randomIssues = {
  'random.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `random: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `random: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
