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
  'cli.unexpected': issue<{ reason: string }>('run', {
    en: ({ reason }) =>
      `unexpected error: ${reason}. This is a defect of Outset: please report it with the command that you ran.`,
    ko: ({ reason }) =>
      `예상하지 못한 오류: ${reason}. Outset의 결함입니다. 실행한 명령과 함께 제보해 주세요.`,
  }),
} as const;
