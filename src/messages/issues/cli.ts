import { issue } from '../define.ts';

export const cliIssues = {
  'cli.unknown_command': issue<{ got: string; near: string[] }>('usage', {
    en: ({ got, near }) =>
      `unknown command "${got}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} "outset --help" lists the commands.`,
    ko: ({ got, near }) =>
      `알 수 없는 명령 "${got}".${near.length > 0 ? ` 혹시 ${near.join(' 또는 ')}?` : ''} "outset --help"로 명령 목록을 볼 수 있습니다.`,
  }),
  'cli.unknown_option': issue<{ got: string; near: string[]; command: string }>('usage', {
    en: ({ got, near, command }) =>
      `unknown option ${got}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} "outset ${command} --help" lists the options.`,
    ko: ({ got, near, command }) =>
      `알 수 없는 옵션 ${got}.${near.length > 0 ? ` 혹시 ${near.join(' 또는 ')}?` : ''} "outset ${command} --help"로 옵션 목록을 볼 수 있습니다.`,
  }),
  'cli.bad_arguments': issue<{ reason: string }>('usage', {
    en: ({ reason }) => `${reason} See --help.`,
    ko: ({ reason }) => `명령행을 해석할 수 없습니다(${reason}). --help를 보세요.`,
  }),
  'cli.unknown_name': issue<{ option: string; got: string; near: string[]; all: string[] }>('usage', {
    en: ({ option, got, near, all }) =>
      `${option}: unknown name "${got}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} Known: ${all.join(', ')}.`,
    ko: ({ option, got, near, all }) =>
      `${option}: 알 수 없는 이름 "${got}".${near.length > 0 ? ` 혹시 ${near.join(' 또는 ')}?` : ''} 쓸 수 있는 이름: ${all.join(', ')}.`,
  }),
  'cli.file_unreadable': issue<{ file: string; reason: string }>('input', {
    en: ({ file, reason }) => `${file}: cannot be read (${reason}). Check the path.`,
    ko: ({ file, reason }) => `${file}: 읽을 수 없습니다(${reason}). 경로를 확인하세요.`,
  }),
  'cli.bad_json': issue<{ file: string; reason: string }>('input', {
    en: ({ file, reason }) => `${file}: not valid JSON (${reason}).`,
    ko: ({ file, reason }) => `${file}: 올바른 JSON이 아닙니다(${reason}).`,
  }),
  'cli.output_in_use': issue<{ folder: string }>('usage', {
    en: ({ folder }) =>
      `--out ${folder}: this folder holds a run already. Continue it with --resume ${folder}, or name another folder.`,
    ko: ({ folder }) =>
      `--out ${folder}: 이 폴더에는 이미 실행 결과가 있습니다. --resume ${folder} 옵션으로 이어서 하거나 다른 폴더를 지정하세요.`,
  }),
  'cli.nothing_to_resume': issue<{ folder: string }>('input', {
    en: ({ folder }) =>
      `--resume ${folder}: no plan.json in there. Name the folder that the command wrote to.`,
    ko: ({ folder }) => `--resume ${folder}: plan.json이 없습니다. 명령이 결과를 쓴 폴더를 지정하세요.`,
  }),
  'cli.bad_run_file': issue<{ file: string; reason: string }>('input', {
    en: ({ file, reason }) =>
      `${file}: not a file that this command wrote, or it is damaged (${reason}). Start again with another --out.`,
    ko: ({ file, reason }) =>
      `${file}: 이 명령이 쓴 파일이 아니거나 손상되었습니다(${reason}). 다른 --out으로 새로 시작하세요.`,
  }),
  'cli.other_command': issue<{ folder: string; command: string; asked: string }>('usage', {
    en: ({ folder, command, asked }) =>
      `--resume ${folder}: that is a run of "outset ${command}", not of "outset ${asked}". Continue it with: outset ${command} --resume ${folder}`,
    ko: ({ folder, command, asked }) =>
      `--resume ${folder}: "outset ${asked}"가 아니라 "outset ${command}"로 실행한 폴더입니다. 이어서 하려면: outset ${command} --resume ${folder}`,
  }),
  'cli.resume_differs': issue<{ folder: string; what: string; before: string; after: string }>('usage', {
    en: ({ folder, what, before, after }) =>
      `--resume ${folder}: that run has ${what} ${before}, now it would be ${after}. Leave the option out to continue it, or start a new run with another --out.`,
    ko: ({ folder, what, before, after }) =>
      `--resume ${folder}: 원래 실행의 ${what} 값은 ${before}인데 지금은 ${after}입니다. 이어서 하려면 그 옵션을 빼고, 새로 하려면 다른 --out을 지정하세요.`,
  }),
  'cli.argument_missing': issue<{ name: string; example: string }>('usage', {
    en: ({ name, example }) => `${name} is missing. For example: ${example}`,
    ko: ({ name, example }) => `${name} 인자가 없습니다. 예: ${example}`,
  }),
  'cli.batch_larger_than_data': issue<{ data: string; batch: number; count: number }>('input', {
    en: ({ data, batch, count }) =>
      `--batch ${batch}: ${data} has ${count} training examples, fewer than one batch. Use --batch ${count} or less, or more data.`,
    ko: ({ data, batch, count }) =>
      `--batch ${batch}: ${data} 데이터의 학습 예제가 ${count}개라 배치 하나도 채우지 못합니다. --batch를 ${count} 이하로 하거나 데이터를 늘리세요.`,
  }),
  'cli.labels_needed': issue<{ option: string; data: string }>('input', {
    en: ({ option, data }) =>
      `${option}: ${data} has no classes. Leave the option out, or give labels (label= for tables, an array y in .npz, a folder a class for images).`,
    ko: ({ option, data }) =>
      `${option}: ${data} 데이터에는 클래스가 없습니다. 이 옵션을 빼거나 레이블을 주세요(표는 label=, .npz는 y 배열, 이미지는 클래스마다 폴더 하나).`,
  }),
  'cli.model_does_not_fit_data': issue<{ model: string; expected: string; data: string; got: string }>(
    'input',
    {
      en: ({ model, expected, data, got }) =>
        `${model}: learned from examples of shape [${expected}], but those of ${data} have [${got}]. Use data of the same shape.`,
      ko: ({ model, expected, data, got }) =>
        `${model}: 모양 [${expected}]의 예제로 학습했는데 ${data} 데이터의 예제는 [${got}]입니다. 같은 모양의 데이터를 쓰세요.`,
    },
  ),
  'cli.diverged': issue<{ step: number; what: string; rate: number; file: string }>('run', {
    en: ({ step, what, rate, file }) =>
      `training: ${what} is no longer a finite number at step ${step} with learning rate ${rate}; nothing of that step was kept. The last good state is in ${file}. Start again with a smaller --lr.`,
    ko: ({ step, what, rate, file }) =>
      `학습: 학습률 ${rate}에서 ${step}번째 갱신 때 ${what} 값이 유한하지 않게 되어 멈췄습니다. 그 갱신은 버렸고, 마지막 정상 상태는 ${file} 파일에 있습니다. --lr을 낮춰 다시 시작하세요.`,
  }),
  'cli.units_do_not_fit': issue<{
    option: string;
    got: string;
    data: string;
    reason: 'categories' | 'sparse';
  }>('usage', {
    en: ({ option, got, data, reason }) =>
      reason === 'categories'
        ? `${option} ${got}: the columns of ${data} are categories. Use --visible potts.`
        : `${option} ${got}: ${data} is sparse, which only bernoulli and spin units take. Use --visible bernoulli.`,
    ko: ({ option, got, data, reason }) =>
      reason === 'categories'
        ? `${option} ${got}: ${data} 데이터의 열은 범주입니다. --visible potts를 쓰세요.`
        : `${option} ${got}: ${data} 데이터는 희소 형식이라 bernoulli와 spin 유닛만 쓸 수 있습니다. --visible bernoulli를 쓰세요.`,
  }),
  'cli.unexpected': issue<{ reason: string }>('run', {
    en: ({ reason }) =>
      `unexpected error: ${reason}. This is a defect of Outset: please report it with the command that you ran.`,
    ko: ({ reason }) =>
      `예상하지 못한 오류: ${reason}. Outset의 결함입니다. 실행한 명령과 함께 제보해 주세요.`,
  }),
} as const;
