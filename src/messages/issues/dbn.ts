import { issue } from '../define.ts';

export const dbnIssues = {
  'dbn.bad_value': issue<{ field: string; expected: string; got: unknown }>('usage', {
    en: ({ field, expected, got }) =>
      `deep belief net: ${field} must satisfy ${expected}, but it is ${String(got)}. Correct this value.`,
    ko: ({ field, expected, got }) =>
      `심층 신뢰망: ${field} 값은 ${expected} 조건을 만족해야 하는데 ${String(got)}입니다. 값을 고쳐 주세요.`,
  }),
  'dbn.layers_mismatch': issue<{ layer: number; what: string; expected: string; got: string }>('input', {
    en: ({ layer, what, expected, got }) =>
      `deep belief net, layer ${layer}: ${what} must be ${expected}, but got ${got}. Each RBM must take what the one below gives.`,
    ko: ({ layer, what, expected, got }) =>
      `심층 신뢰망 ${layer}층, ${what}: ${expected}이어야 하는데 ${got}입니다. 각 RBM의 입력은 바로 아래 RBM의 출력과 맞아야 합니다.`,
  }),
  'dbn.not_finite': issue<{ layer: number; step: number; what: string }>('run', {
    en: ({ layer, step, what }) =>
      `deep belief net, layer ${layer}: ${what} is no longer a finite number at step ${step}. Use a smaller learning rate.`,
    ko: ({ layer, step, what }) =>
      `심층 신뢰망 ${layer}층: ${step}번째 갱신에서 ${what} 값이 유한하지 않게 되었습니다. 학습률을 낮추세요.`,
  }),
  'dbn.too_few_examples': issue<{ what: string; count: number; batch: number }>('input', {
    en: ({ what, count, batch }) =>
      `deep belief net: ${what} needs at least one full batch of ${batch} examples, but there are ${count}. Use a smaller batch or more data.`,
    ko: ({ what, count, batch }) =>
      `심층 신뢰망, ${what}: 배치 하나(${batch}개)를 채울 표본이 필요한데 ${count}개뿐입니다. 배치를 줄이거나 데이터를 늘리세요.`,
  }),
  'dbn.labels': issue<{ example: number; classes: number; got: number }>('input', {
    en: ({ example, classes, got }) =>
      `labels: example ${example} has label ${got}, but labels run from 0 to ${classes - 1}. Correct the label or the number of classes.`,
    ko: ({ example, classes, got }) =>
      `labels: ${example}번 표본의 레이블이 ${got}인데 레이블은 0부터 ${classes - 1}까지입니다. 레이블이나 클래스 수를 고치세요.`,
  }),
  'dbn.label_count': issue<{ expected: number; got: number }>('input', {
    en: ({ expected, got }) =>
      `labels: one label an example is needed, ${expected} in all, but there are ${got}. Pass the labels of exactly these examples.`,
    ko: ({ expected, got }) =>
      `labels: 표본마다 하나씩 모두 ${expected}개가 필요한데 ${got}개입니다. 이 표본들의 레이블을 그대로 넘기세요.`,
  }),
  'dbn.no_labels': issue<{ what: string }>('usage', {
    en: ({ what }) =>
      `${what}: this deep belief net has no label unit at its top. Pre-train one with labels, or leave the label out.`,
    ko: ({ what }) =>
      `${what}: 이 심층 신뢰망의 맨 위에는 레이블 유닛이 없습니다. 레이블을 넣어 사전 학습하거나 레이블 없이 쓰세요.`,
  }),
  'dbn.too_few_labelled': issue<{ label: number; wanted: number; available: number }>('input', {
    en: ({ label, wanted, available }) =>
      `label subset: ${wanted} examples of class ${label} are needed, but there are ${available}. Ask for fewer labels, or draw them at random.`,
    ko: ({ label, wanted, available }) =>
      `레이블 일부만 쓰기: ${label}번 클래스 표본이 ${wanted}개 필요한데 ${available}개뿐입니다. 레이블 수를 줄이거나 무작위로 뽑으세요.`,
  }),
  'dbn.unsupported_units': issue<{ what: string; layer: number; kind: string; names: readonly string[] }>(
    'usage',
    {
      en: ({ what, layer, kind, names }) =>
        `${what}: layer ${layer} has ${kind} units, which have no counterpart there. Possible: ${names.join(', ')}.`,
      ko: ({ what, layer, kind, names }) =>
        `${what}: ${layer}층의 ${kind} 유닛에 해당하는 것이 없습니다. 쓸 수 있는 유닛: ${names.join(', ')}.`,
    },
  ),
  'dbn.labelled': issue<{ what: string }>('usage', {
    en: ({ what }) =>
      `${what}: the top of this deep belief net takes a label as well, so it is no encoder by itself. Stack the top layer without labels.`,
    ko: ({ what }) =>
      `${what}: 이 심층 신뢰망의 맨 위 층은 레이블도 입력으로 받으므로 그대로 인코더로 쓸 수 없습니다. 맨 위 층을 레이블 없이 쌓으세요.`,
  }),
  'dbn.snapshot_mismatch': issue<{ what: string; expected: string; got: string }>('input', {
    en: ({ what, expected, got }) =>
      `checkpoint: ${what} is ${got}, but this pre-training has ${expected}. Resume with the same data and settings, or start anew.`,
    ko: ({ what, expected, got }) =>
      `checkpoint: ${what}: 체크포인트는 ${got}인데 이번 사전 학습은 ${expected}입니다. 같은 데이터와 설정으로 이어서 하거나 새로 시작하세요.`,
  }),
  'dbn.too_large': issue<{ what: string; units: number; limit: number }>('usage', {
    en: ({ what, units, limit }) =>
      `${what}: enumerating ${units} hidden units is out of reach (limit ${limit}). Estimate it from samples instead.`,
    ko: ({ what, units, limit }) =>
      `${what}: 은닉 유닛 ${units}개의 모든 상태를 셀 수는 없습니다(한도 ${limit}개). 표본으로 추정하세요.`,
  }),
  'dbn.cannot_pretrain': issue<{
    layer: string;
    reason: 'type' | 'activation' | 'bias';
    got: string;
  }>('usage', {
    en: ({ layer, reason, got }) => {
      const why = {
        type: `is of type ${got}, but only dense layers, with dropout between them, can be pre-trained as RBMs`,
        activation: `has the activation ${got}, but the means of these hidden units are sigmoid or tanh; a stack of rectified units has no bounded energy`,
        bias: 'has no bias, but the hidden units of an RBM have one',
      }[reason];
      return `start 'dbn': layer ${layer} ${why}. Choose another start, or a network such as 784-500-500-10:sigmoid.`;
    },
    ko: ({ layer, reason, got }) => {
      const why = {
        type: `종류가 ${got}인데, RBM으로 사전 학습할 수 있는 것은 dense 층과 그 사이의 dropout뿐입니다`,
        activation: `활성화 함수가 ${got}인데, 이 은닉 유닛의 평균은 sigmoid나 tanh입니다. 정류 유닛을 쌓으면 에너지에 하한이 없습니다`,
        bias: '편향이 없는데, RBM의 은닉 유닛에는 편향이 있어야 합니다',
      }[reason];
      return `초기화 'dbn', ${layer} 층: ${why}. 다른 초기화를 고르거나 784-500-500-10:sigmoid 같은 네트워크를 쓰세요.`;
    },
  }),
} as const;
