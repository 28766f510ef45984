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
} as const;
