import { issue } from '../define.ts';

export const initIssues = {
  'init.no_model': issue('usage', {
    en: () =>
      'init: name the file of a model, e.g. outset init model.safetensors --rule he-normal -o start.safetensors.',
    ko: () =>
      'init: 모델 파일을 지정하세요. 예: outset init model.safetensors --rule he-normal -o start.safetensors',
  }),
  'init.no_rule': issue('usage', {
    en: () =>
      'init: say how to draw the weights: --rule he-normal or --like torch@0. "outset init --list" lists the rules.',
    ko: () =>
      'init: 가중치를 어떻게 뽑을지 정하세요: --rule he-normal 또는 --like torch@0. 규칙 목록은 "outset init --list"로 볼 수 있습니다.',
  }),
  'init.no_output': issue('usage', {
    en: () => 'init: say where to write: -o FILE, or --dry-run to look only.',
    ko: () => 'init: 쓸 파일을 -o로 지정하거나, 보기만 하려면 --dry-run을 쓰세요.',
  }),
  'init.like_and_rule': issue<{ rule: string }>('usage', {
    en: ({ rule }) =>
      `init: --like draws every parameter, so --rule "${rule}" has none left. Give it a pattern, e.g. --rule "head*=${rule}", or leave one of them out.`,
    ko: ({ rule }) =>
      `init: --like가 모든 매개변수를 뽑으므로 --rule "${rule}" 규칙을 적용할 곳이 없습니다. --rule "head*=${rule}"처럼 이름을 정하거나 둘 중 하나를 빼세요.`,
  }),
  'init.bad_like': issue<{ got: string }>('usage', {
    en: ({ got }) => `--like: expected NAME@SEED such as torch@0, got "${got}".`,
    ko: ({ got }) => `--like: torch@0처럼 이름@시드로 써야 합니다. 받은 값: "${got}".`,
  }),
} as const;
