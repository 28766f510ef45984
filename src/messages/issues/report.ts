import { issue } from '../define.ts';

export const reportIssues = {
  'report.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `report: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `report: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
