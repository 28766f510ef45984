import { issue } from '../define.ts';

export const autodiffIssues = {
  'autodiff.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `autodiff: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `autodiff: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
