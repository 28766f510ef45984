import { issue } from '../define.ts';

export const tensorIssues = {
  'tensor.bad_dims': issue<{ dims: number[] }>('usage', {
    en: ({ dims }) => `tensor: a shape holds whole numbers of at least 0, got [${dims.join(', ')}].`,
    ko: ({ dims }) => `tensor: 잘못된 모양 [${dims.join(', ')}]. 축 길이는 0 이상의 정수여야 합니다.`,
  }),
  'tensor.length_mismatch': issue<{ dims: number[]; expected: number; got: number }>('usage', {
    en: ({ dims, expected, got }) =>
      `tensor: shape [${dims.join(', ')}] needs ${expected} elements, the data has ${got}. Pass a shape whose product is the data's length.`,
    ko: ({ dims, expected, got }) =>
      `tensor: 모양 [${dims.join(', ')}]에는 원소 ${expected}개가 필요한데 데이터에는 ${got}개가 있습니다. 축 길이의 곱이 데이터 길이와 같아야 합니다.`,
  }),
  'tensor.bad_matrix': issue<{ rows: number; columns: number; got: number }>('usage', {
    en: ({ rows, columns, got }) =>
      `tensor: a QR decomposition needs at least as many rows as columns and rows x columns numbers, got ${rows} x ${columns} and ${got} numbers. Transpose a wide matrix first.`,
    ko: ({ rows, columns, got }) =>
      `tensor: QR 분해에는 행이 열보다 적지 않은 행렬과 행 × 열 개의 수가 필요합니다. 받은 값: ${rows} × ${columns}, 수 ${got}개. 가로로 긴 행렬은 먼저 전치하세요.`,
  }),
  'tensor.bad_symmetric': issue<{ n: number; got: number }>('usage', {
    en: ({ n, got }) =>
      `tensor: eigenvalues need ${n} x ${n} finite numbers of a symmetric matrix, got ${got} numbers. Check the data for NaN and infinity.`,
    ko: ({ n, got }) =>
      `tensor: 고윳값을 구하려면 ${n} × ${n} 대칭 행렬의 유한한 수가 필요합니다. 받은 수: ${got}개. 데이터에 NaN이나 무한대가 있는지 확인하세요.`,
  }),
  'tensor.bad_values': issue<{ rows: number; columns: number; got: string }>('usage', {
    en: ({ rows, columns, got }) =>
      `tensor: singular values need a matrix of ${rows} x ${columns} finite numbers, got ${got}. Correct the shape or the value.`,
    ko: ({ rows, columns, got }) =>
      `tensor: 특잇값을 구하려면 유한한 수 ${rows} × ${columns}개로 된 행렬이 필요합니다. 받은 값: ${got}. 모양이나 값을 고쳐 주세요.`,
  }),
} as const;
