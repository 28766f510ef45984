import { issue } from '../define.ts';

/** Layers as they are called in sentences. */
const korean = (layer: string) => (layer === 'visible' ? '가시' : '은닉');

export const boltzmannIssues = {
  'boltzmann.bad_units': issue<{ layer: string; field: string; expected: string; got: string }>('usage', {
    en: ({ layer, field, expected, got }) =>
      `${layer} units: ${field} must be ${expected}, but it is ${got}. Correct this value.`,
    ko: ({ layer, field, expected, got }) =>
      `${korean(layer)} 유닛: ${field} 값은 ${expected}이어야 하는데 ${got}입니다. 값을 고쳐 주세요.`,
  }),
  'boltzmann.bad_rbm': issue<{ part: string; expected: string; got: string }>('input', {
    en: ({ part, expected, got }) =>
      `RBM: ${part} must be ${expected}, but got ${got}. Check that the parameters belong to these units.`,
    ko: ({ part, expected, got }) =>
      `RBM: ${part} 값은 ${expected}이어야 하는데 ${got}입니다. 이 유닛들의 파라미터가 맞는지 확인하세요.`,
  }),
  'boltzmann.not_normalizable': issue<{ visible: string; hidden: string }>('input', {
    en: ({ visible, hidden }) =>
      `RBM: ${visible} visible units with ${hidden} hidden units and these weights have no finite partition function: the joint precision is not positive definite. Make the weights smaller or the precisions larger.`,
    ko: ({ visible, hidden }) =>
      `RBM: 가시 유닛 ${visible}, 은닉 유닛 ${hidden}, 그리고 이 가중치로는 분배 함수가 유한하지 않습니다. 결합 정밀도 행렬이 양의 정부호가 아닙니다. 가중치를 줄이거나 정밀도를 키우세요.`,
  }),
  'boltzmann.not_shown_normalizable': issue<{ visible: string; hidden: string }>('input', {
    en: ({ visible, hidden }) =>
      `RBM: ${visible} visible units with ${hidden} hidden units: it cannot be shown that these weights have a finite partition function (the joint precision is not positive definite, not even without the weights that can only help). Make the weights smaller or the precisions larger, or use discrete units on one side.`,
    ko: ({ visible, hidden }) =>
      `RBM: 가시 유닛 ${visible}, 은닉 유닛 ${hidden}: 이 가중치로 분배 함수가 유한하다는 것을 보일 수 없습니다. 도움만 되는 가중치를 빼고 보아도 결합 정밀도 행렬이 양의 정부호가 아닙니다. 가중치를 줄이거나 정밀도를 키우거나, 한쪽을 이산 유닛으로 바꾸세요.`,
  }),
  'boltzmann.bad_rows': issue<{ layer: string; part: string; expected: string; got: string }>('input', {
    en: ({ layer, part, expected, got }) =>
      `${layer} states: ${part} must be ${expected}, but got ${got}. Check that the rows belong to this layer.`,
    ko: ({ layer, part, expected, got }) =>
      `${korean(layer)} 상태: ${part} 값은 ${expected}이어야 하는데 ${got}입니다. 이 층의 행이 맞는지 확인하세요.`,
  }),
  'boltzmann.bad_state': issue<{
    layer: string;
    row: number;
    column: number;
    expected: string;
    got: string;
  }>('input', {
    en: ({ layer, row, column, expected, got }) =>
      `${layer} states: row ${row}, column ${column}: these units take ${expected}, but got ${got}. Scale the data or choose other units.`,
    ko: ({ layer, row, column, expected, got }) =>
      `${korean(layer)} 상태: ${row}행 ${column}열: 이 유닛의 값은 ${expected}이어야 하는데 ${got}입니다. 데이터의 범위를 맞추거나 다른 유닛을 고르세요.`,
  }),
  'boltzmann.no_rows': issue('input', {
    en: () => 'data: at least one row is needed, but there is none. Pass the training data.',
    ko: () => 'data: 행이 하나 이상 있어야 하는데 하나도 없습니다. 학습 데이터를 넘겨 주세요.',
  }),
  'boltzmann.cannot_enumerate': issue<{ visible: string; hidden: string; limit: number }>('usage', {
    en: ({ visible, hidden, limit }) =>
      `exact computation: one layer must be discrete with at most 2^${limit} states, but the visible layer has ${visible} and the hidden layer ${hidden}. Use fewer units, or estimate (AIS).`,
    ko: ({ visible, hidden, limit }) =>
      `정확한 계산: 한 층이 이산 유닛이고 상태 수가 2^${limit} 이하여야 하는데, 가시층은 ${visible}, 은닉층은 ${hidden}입니다. 유닛을 줄이거나 AIS로 추정하세요.`,
  }),
  'boltzmann.grey_likelihood': issue<{ row: number; column: number; got: number }>('input', {
    en: ({ row, column, got }) =>
      `likelihood: row ${row}, column ${column} is ${got}, a grey level and no state of the unit; grey levels have no probability. Threshold or sample the data first.`,
    ko: ({ row, column, got }) =>
      `가능도: ${row}행 ${column}열의 값 ${got}은 회색 단계라서 유닛의 상태가 아니며 확률이 없습니다. 먼저 데이터를 임계값으로 나누거나 표본으로 뽑으세요.`,
  }),
  'boltzmann.bad_training': issue<{ field: string; expected: string; got: string }>('usage', {
    en: ({ field, expected, got }) =>
      `RBM training: ${field} must be ${expected}, but it is ${got}. Correct this value.`,
    ko: ({ field, expected, got }) =>
      `RBM 학습: ${field} 값은 ${expected}이어야 하는데 ${got}입니다. 값을 고쳐 주세요.`,
  }),
  'boltzmann.few_rows': issue<{ rows: number; batchSize: number }>('input', {
    en: ({ rows, batchSize }) =>
      `RBM training: a batch has ${batchSize} examples, but there are only ${rows}. Use a batch size of at most ${rows} or more data.`,
    ko: ({ rows, batchSize }) =>
      `RBM 학습: 배치 크기는 ${batchSize}인데 예제가 ${rows}개뿐입니다. 배치 크기를 ${rows} 이하로 줄이거나 데이터를 늘리세요.`,
  }),
  'boltzmann.bad_weights': issue<{ expected: number; got: number }>('input', {
    en: ({ expected, got }) =>
      `RBM training: ${expected} examples need ${expected} weights, but there are ${got}. Pass one weight an example.`,
    ko: ({ expected, got }) =>
      `RBM 학습: 예제가 ${expected}개이면 가중치도 ${expected}개여야 하는데 ${got}개입니다. 예제마다 가중치를 하나씩 넘기세요.`,
  }),
  'boltzmann.bad_weight': issue<{ row: number; got: number }>('input', {
    en: ({ row, got }) =>
      `RBM training: the weight of example ${row} must be a finite number above 0, but it is ${got}. Leave the example out or give it a positive weight.`,
    ko: ({ row, got }) =>
      `RBM 학습: 예제 ${row}의 가중치는 0보다 큰 유한한 수여야 하는데 ${got}입니다. 예제를 빼거나 양의 가중치를 주세요.`,
  }),
  'boltzmann.constant_data': issue('input', {
    en: () =>
      'RBM training: every column of the data is constant, so there is nothing to learn. Check how the data was read.',
    ko: () =>
      'RBM 학습: 데이터의 모든 열이 상수라서 배울 것이 없습니다. 데이터를 제대로 읽었는지 확인하세요.',
  }),
  'boltzmann.wrong_trainer': issue<{ trainer: string; expected: string; got: string }>('usage', {
    en: ({ trainer, expected, got }) =>
      `RBM training: the ${trainer} trainer takes ${expected}, but got ${got}. Choose another trainer or setting.`,
    ko: ({ trainer, expected, got }) =>
      `RBM 학습: ${trainer} 트레이너는 ${expected} 설정만 받는데 ${got}입니다. 다른 트레이너나 설정을 고르세요.`,
  }),
  'boltzmann.snapshot_mismatch': issue<{ what: string; expected: string; got: string }>('input', {
    en: ({ what, expected, got }) =>
      `checkpoint: ${what} is ${got}, but this training has ${expected}. Resume with the same model, data, seed and settings, or start anew.`,
    ko: ({ what, expected, got }) =>
      `checkpoint: ${what}: 체크포인트는 ${got}인데 이번 학습은 ${expected}입니다. 같은 모델, 데이터, 시드, 설정으로 이어서 하거나 새로 시작하세요.`,
  }),
} as const;
