import { issue } from '../define.ts';

export const cliIssues = {
  'cli.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `cli: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `cli: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
