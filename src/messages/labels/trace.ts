import { label } from '../define.ts';

/** Sentences about what a trace shows. `layers` and `parameters` are names such as dense3.bias. */
export const traceLabels = {
  'nothing-moves': label({
    en: () => 'Every gradient is exactly 0: no weight and no bias will ever move.',
    ko: () => '모든 기울기가 정확히 0입니다. 가중치도 편향도 전혀 움직이지 않습니다.',
  }),
  'only-last-bias-moves': label<{ parameter: string }>({
    en: ({ parameter }) =>
      `Only ${parameter} moves, for ever: every hidden activation is 0, so no weight gets a gradient. All inputs get the same answer: how frequent each class is.`,
    ko: ({ parameter }) =>
      `끝까지 ${parameter}만 움직입니다. 은닉층의 활성화 값이 모두 0이라서 어떤 가중치에도 기울기가 전달되지 않습니다. 어떤 입력에도 같은 답, 즉 클래스의 빈도만 내놓습니다.`,
  }),
  'units-stay-equal': label<{ layers: string; parameters: string }>({
    en: ({ layers, parameters }) =>
      `${parameters} move, but all units within ${layers} are equal and get equal gradients: they stay equal for ever, and each such layer is as good as one unit.`,
    ko: ({ layers, parameters }) =>
      `움직이는 것은 ${parameters}입니다. 하지만 ${layers} 층에서는 모든 유닛이 같고 같은 기울기를 받으므로 끝까지 서로 같습니다. 이런 층은 유닛이 하나뿐인 것과 다름없습니다.`,
  }),
} as const;
