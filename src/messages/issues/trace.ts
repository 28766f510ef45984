import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;

export const traceIssues = {
  'loss.logits': issue<{ loss: string; dims: readonly number[] }>('usage', {
    en: ({ loss, dims }) =>
      `loss ${loss}: expected logits of shape [batch, outputs]${
        loss === 'softmax-cross-entropy' ? ' with at least 2 outputs' : ''
      }, got ${shape(dims)}. End the network with a dense layer of that many units.`,
    ko: ({ loss, dims }) =>
      `손실 ${loss}: 로짓의 모양은 ${
        loss === 'softmax-cross-entropy' ? '출력이 2개 이상인 ' : ''
      }[배치, 출력]이어야 하는데 ${shape(dims)}입니다. 신경망의 마지막을 그만큼의 유닛을 가진 dense 층으로 하세요.`,
  }),
  'trace.batch': issue<{ what: string; expected: string; got: string }>('usage', {
    en: ({ what, expected, got }) => `trace: ${what}: expected ${expected}, got ${got}.`,
    ko: ({ what, expected, got }) => `trace: ${what}: 필요한 것은 ${expected}, 받은 것은 ${got}입니다.`,
  }),
  'trace.parameter': issue<{ name: string; expected: readonly number[]; got: readonly number[] | null }>(
    'usage',
    {
      en: ({ name, expected, got }) =>
        `trace: parameter ${name} must have the shape ${shape(expected)}, got ${got === null ? 'nothing' : shape(got)}. Pass the values of every parameter of this network.`,
      ko: ({ name, expected, got }) =>
        `trace: 파라미터 ${name}의 모양은 ${shape(expected)}여야 하는데 ${got === null ? '값이 없습니다' : `${shape(got)}입니다`}. 이 신경망의 모든 파라미터 값을 넘겨 주세요.`,
    },
  ),
} as const;
