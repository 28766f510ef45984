import { issue } from '../define.ts';

export const raceIssues = {
  'race.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `race: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `race: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
