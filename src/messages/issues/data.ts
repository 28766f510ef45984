import { issue } from '../define.ts';

export const dataIssues = {
  'data.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `data: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `data: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
