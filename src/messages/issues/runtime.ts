import { issue } from '../define.ts';

export const runtimeIssues = {
  'runtime.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `runtime: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `runtime: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
