import { issue } from '../define.ts';

export const boltzmannFileIssues = {
  'boltzmann.not_a_model_file': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: expected an RBM or deep belief net of Outset, got ${got === '-' ? 'a file without a format entry' : `the format "${got}"`}. Give a file that "outset rbm" or "outset pretrain" wrote.`,
    ko: ({ where, got }) =>
      `${where}: Outset의 RBM이나 심층 신뢰망 파일이어야 하는데 ${got === '-' ? 'format 항목이 없습니다' : `형식이 "${got}"입니다`}. "outset rbm"이나 "outset pretrain"이 쓴 파일을 주세요.`,
  }),
  'boltzmann.model_file_damaged': issue<{ where: string; what: string; expected: string; got: string }>(
    'input',
    {
      en: ({ where, what, expected, got }) =>
        `${where}: ${what} should be ${expected === '-' ? 'absent' : expected}, got ${got === '-' ? 'nothing' : got}. The file is damaged or was made by hand; train the model again.`,
      ko: ({ where, what, expected, got }) =>
        `${where}: ${what} 항목은 ${expected === '-' ? '없어야 하는데' : `${expected}이어야 하는데`} ${got === '-' ? '없습니다' : `${got}입니다`}. 파일이 손상되었거나 손으로 만든 것입니다. 모델을 다시 학습하세요.`,
    },
  ),
  'boltzmann.not_a_snapshot': issue<{ where: string; what: string }>('input', {
    en: ({ where, what }) =>
      `${where}: not a checkpoint of an RBM: ${what} is missing or wrong. Choose another folder or start anew.`,
    ko: ({ where, what }) =>
      `${where}: RBM의 체크포인트가 아닙니다. ${what} 항목이 없거나 잘못되었습니다. 다른 폴더를 고르거나 새로 시작하세요.`,
  }),
} as const;
