import { issue } from '../define.ts';

export const reportIssues = {
  'report.not_a_race': issue<{ format: string; version: string }>('input', {
    en: ({ format, version }) =>
      `report: expected the result of a race (format outset-race, version 1), got format ${format}, version ${version}. Pass the content of a result.json that outset race wrote.`,
    ko: ({ format, version }) =>
      `report: 경주 결과(format outset-race, version 1)가 와야 하는데 format ${format}, version ${version}이 들어왔습니다. outset race가 만든 result.json의 내용을 넘겨 주세요.`,
  }),
} as const;
