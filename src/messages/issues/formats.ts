import { issue } from '../define.ts';

export const formatsIssues = {
  'formats.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `formats: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `formats: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
