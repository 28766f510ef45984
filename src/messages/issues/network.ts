import { issue } from '../define.ts';

export const networkIssues = {
  'network.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `network: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `network: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
