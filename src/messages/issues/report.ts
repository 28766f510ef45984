import { issue } from '../define.ts';

export const reportIssues = {
  'report.not_a_race': issue<{ format: string; version: string }>('input', {
    en: ({ format, version }) =>
      `report: expected the result of a race (format outset-race, version 1), got format ${format}, version ${version}. Pass the content of a result.json that outset race wrote.`,
    ko: ({ format, version }) =>
      `report: 경주 결과(format outset-race, version 1)가 와야 하는데 format ${format}, version ${version}이 들어왔습니다. outset race가 만든 result.json의 내용을 넘겨 주세요.`,
  }),
  'report.not_a_machine': issue<{ format: string; version: string }>('input', {
    en: ({ format, version }) =>
      `report: expected the data of a Boltzmann machine's report (format outset-rbm-report, version 1), got format ${format}, version ${version}. Pass the content of a report.json that outset rbm or outset pretrain wrote.`,
    ko: ({ format, version }) =>
      `report: 볼츠만 머신 보고서 데이터(format outset-rbm-report, version 1)가 와야 하는데 format ${format}, version ${version}이 들어왔습니다. outset rbm이나 outset pretrain이 만든 report.json의 내용을 넘겨 주세요.`,
  }),
  'report.not_a_diagnosis': issue<{ format: string; version: string }>('input', {
    en: ({ format, version }) =>
      `report: expected a diagnosis (format outset-diagnosis, version 1), got format ${format}, version ${version}. Pass the content of a diagnosis.json that outset doctor wrote.`,
    ko: ({ format, version }) =>
      `report: 진단 결과(format outset-diagnosis, version 1)가 와야 하는데 format ${format}, version ${version}이 들어왔습니다. outset doctor가 만든 diagnosis.json의 내용을 넘겨 주세요.`,
  }),
  'report.bad_images': issue<{ what: string; expected: string; got: string }>('usage', {
    en: ({ what, expected, got }) =>
      `report: in a picture, ${what} must be ${expected}, got ${got}. Pass rows of numbers that fill the shape of an image, or shape null where they are not images.`,
    ko: ({ what, expected, got }) =>
      `report: 그림을 그릴 수 없습니다. ${what}: ${expected} 필요, 받은 값 ${got}. 이미지 모양에 맞는 길이의 수를 넘기거나, 이미지가 아니면 shape에 null을 주세요.`,
  }),
} as const;
