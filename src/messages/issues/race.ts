import { issue } from '../define.ts';

export const raceIssues = {
  'race.bad_option': issue<{ option: string; got: string; expected: string }>('usage', {
    en: ({ option, got, expected }) => `${option}: expected ${expected}, got "${got}".`,
    ko: ({ option, got, expected }) => `${option}: "${got}" 값은 쓸 수 없습니다. 허용되는 값: ${expected}.`,
  }),
  'race.no_starts': issue('usage', {
    en: () =>
      'race: at least one start is needed. Name one with --start, e.g. --start he-normal; "outset starts" lists them.',
    ko: () =>
      'race: 초기화 방법이 하나 이상 필요합니다. --start he-normal처럼 지정하세요. 목록은 "outset starts"로 볼 수 있습니다.',
  }),
  'race.network_does_not_fit_data': issue<{
    what: 'input' | 'output';
    network: string;
    data: string;
    expected: number;
    got: number;
  }>('input', {
    en: ({ what, network, data, expected, got }) =>
      what === 'input'
        ? `network ${network}: takes ${got} numbers per example, but the data set ${data} has ${expected}. Make its input ${expected}.`
        : `network ${network}: gives ${got} outputs, but the data set ${data} needs ${expected}. Give the last layer ${expected} units.`,
    ko: ({ what, network, data, expected, got }) =>
      what === 'input'
        ? `신경망 ${network}: 예제 하나에 숫자 ${got}개를 받는데 데이터 ${data}에는 ${expected}개가 있습니다. 입력 크기를 ${expected}로 바꾸세요.`
        : `신경망 ${network}: 출력이 ${got}개인데 데이터 ${data}에는 ${expected}개가 필요합니다. 마지막 층의 유닛 수를 ${expected}로 바꾸세요.`,
  }),
  'race.loss_does_not_fit_data': issue<{ loss: string; data: string; task: 'classification' | 'regression' }>(
    'usage',
    {
      en: ({ loss, data, task }) =>
        `--loss ${loss}: the data set ${data} is a ${task} task. Use ${task === 'classification' ? 'softmax-cross-entropy' : 'mean-squared-error'}.`,
      ko: ({ loss, data, task }) =>
        `--loss ${loss}: 데이터 ${data}는 ${task === 'classification' ? '분류' : '회귀'} 문제입니다. ${task === 'classification' ? 'softmax-cross-entropy' : 'mean-squared-error'}를 쓰세요.`,
    },
  ),
  'race.output_in_use': issue<{ folder: string }>('usage', {
    en: ({ folder }) =>
      `--out ${folder}: this folder holds a race already. Continue it with --resume ${folder}, or name another folder.`,
    ko: ({ folder }) =>
      `--out ${folder}: 이 폴더에는 이미 경주 결과가 있습니다. --resume ${folder}로 이어서 하거나 다른 폴더를 지정하세요.`,
  }),
  'race.nothing_to_resume': issue<{ folder: string }>('input', {
    en: ({ folder }) =>
      `--resume ${folder}: no race.json in there. Name the folder that "outset race" wrote to.`,
    ko: ({ folder }) =>
      `--resume ${folder}: race.json이 없습니다. "outset race"가 결과를 쓴 폴더를 지정하세요.`,
  }),
  'race.resume_differs': issue<{ folder: string; what: string; before: string; after: string }>('usage', {
    en: ({ folder, what, before, after }) =>
      `--resume ${folder}: that race has ${what} ${before}, now it would be ${after}. Leave the option out to continue it, or start a new race with another --out.`,
    ko: ({ folder, what, before, after }) =>
      `--resume ${folder}: 원래 경주의 ${what} 값은 ${before}인데 지금은 ${after}입니다. 이어서 하려면 그 옵션을 빼고, 새로 하려면 다른 --out을 지정하세요.`,
  }),
  'race.bad_file': issue<{ file: string; reason: string }>('input', {
    en: ({ file, reason }) =>
      `${file}: not a file that "outset race" wrote, or it is damaged (${reason}). Start the race again with another --out.`,
    ko: ({ file, reason }) =>
      `${file}: "outset race"가 쓴 파일이 아니거나 손상되었습니다(${reason}). 다른 --out으로 새로 시작하세요.`,
  }),
  'race.too_few_examples': issue<{ data: string; split: 'train' | 'test'; count: number }>('input', {
    en: ({ data, split, count }) =>
      `data set ${data}: the ${split} part has ${count} examples; a race needs at least 1 of each part.`,
    ko: ({ data, split, count }) =>
      `데이터 ${data}: ${split} 부분의 예제가 ${count}개입니다. 각 부분에 하나 이상 있어야 합니다.`,
  }),
  'race.needs_answers': issue<{ data: string }>('input', {
    en: ({ data }) =>
      `data set ${data}: it has no labels, and a race needs right answers to learn. Give labels (label= for tables, an array y in .npz, a folder a class for images), or learn without them: outset rbm, outset pretrain.`,
    ko: ({ data }) =>
      `데이터 ${data}: 레이블이 없습니다. 경주는 정답이 있어야 학습할 수 있습니다. 레이블을 주거나(표는 label=, .npz는 y 배열, 이미지는 클래스마다 폴더 하나), 레이블 없이 배우는 outset rbm, outset pretrain을 쓰세요.`,
  }),
  'race.all_failed': issue<{ first: string }>('run', {
    en: ({ first }) => `race: no contestant could run. The first error was: ${first}`,
    ko: ({ first }) => `race: 실행된 참가자가 없습니다. 첫 번째 오류: ${first}`,
  }),
} as const;
