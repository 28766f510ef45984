import { issue } from '../define.ts';

export const trainingIssues = {
  'training.too_large': issue<{ parameters: number; gibibytes: number }>('usage', {
    en: ({ parameters, gibibytes }) =>
      `network: training ${parameters} parameters with this optimizer takes ${gibibytes} GiB of one memory that ends at 4 GiB. Use fewer units or an optimizer with less state (sgd).`,
    ko: ({ parameters, gibibytes }) =>
      `network: 이 옵티마이저로 파라미터 ${parameters}개를 학습하려면 메모리가 ${gibibytes} GiB 필요하지만 한도는 4 GiB입니다. 유닛 수를 줄이거나 상태가 적은 옵티마이저(sgd)를 쓰세요.`,
  }),
  'training.bad_value': issue<{ field: string; expected: string; got: unknown }>('usage', {
    en: ({ field, expected, got }) =>
      `training: ${field} must satisfy ${expected}, but it is ${String(got)}. Correct this value.`,
    ko: ({ field, expected, got }) =>
      `training: ${field} 값은 ${expected} 조건을 만족해야 하는데 ${String(got)}입니다. 값을 고쳐 주세요.`,
  }),
  'training.unknown_name': issue<{ field: string; got: string; names: readonly string[] }>('usage', {
    en: ({ field, got, names }) => `training: unknown ${field} '${got}'. Choose one of ${names.join(', ')}.`,
    ko: ({ field, got, names }) =>
      `training: '${got}'라는 ${field}는 없습니다. 다음 중에서 고르세요: ${names.join(', ')}.`,
  }),
  'training.not_a_snapshot': issue<{ reason: string }>('input', {
    en: ({ reason }) =>
      `checkpoint: expected a training snapshot of Outset, but '${reason}' is missing or wrong. Choose another file or start anew.`,
    ko: ({ reason }) =>
      `checkpoint: Outset의 학습 체크포인트가 아닙니다. '${reason}' 항목이 없거나 잘못되었습니다. 다른 파일을 고르거나 새로 시작하세요.`,
  }),
  'training.sequential_stream': issue<{ dialect: string }>('usage', {
    en: ({ dialect }) =>
      `training: batches and masks need a stream that splits by name (threefry), but got '${dialect}', which has one sequence and could not be resumed. Pass a threefry stream; starts may use ${dialect}.`,
    ko: ({ dialect }) =>
      `training: 배치와 마스크에는 이름으로 나뉘는 스트림(threefry)이 필요한데 '${dialect}' 스트림은 수열이 하나뿐이라 이어서 학습할 수 없습니다. threefry 스트림을 넘기세요. 초기값에는 ${dialect} 스트림을 써도 됩니다.`,
  }),
  'training.parameters_mismatch': issue<{ name: string; expected: string; got: string }>('usage', {
    en: ({ name, expected, got }) =>
      `parameters: '${name}' must have ${expected}, but it has ${got}. Pass the values of exactly this network.`,
    ko: ({ name, expected, got }) =>
      `parameters: '${name}' 항목은 ${expected}이어야 하는데 ${got}입니다. 이 네트워크의 값을 그대로 넘겨 주세요.`,
  }),
  'training.examples_mismatch': issue<{ what: string; expected: string; got: string }>('input', {
    en: ({ what, expected, got }) =>
      `data: ${what} must be ${expected}, but got ${got}. Check that the data and the network fit together.`,
    ko: ({ what, expected, got }) =>
      `data: ${what}: ${expected}이어야 하는데 ${got}입니다. 데이터와 네트워크가 서로 맞는지 확인하세요.`,
  }),
  'training.snapshot_mismatch': issue<{ what: string; expected: string; got: string }>('input', {
    en: ({ what, expected, got }) =>
      `checkpoint: ${what} is ${got}, but this training has ${expected}. Resume with the same network, data and settings, or start anew.`,
    ko: ({ what, expected, got }) =>
      `checkpoint: ${what}: 체크포인트는 ${got}인데 이번 학습은 ${expected}입니다. 같은 네트워크, 데이터, 설정으로 이어서 하거나 새로 시작하세요.`,
  }),
  'training.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `training: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `training: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
