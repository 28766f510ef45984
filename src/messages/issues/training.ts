import { issue } from '../define.ts';

export const trainingIssues = {
  'training.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `training: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `training: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
