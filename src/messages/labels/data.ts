import { label } from '../define.ts';

/** What the data sets are, in a line each. */
export const dataLabels = {
  mnist: label<{ train: number; test: number }>({
    en: ({ train, test }) => `MNIST handwritten digits, ${train} + ${test} images of 28x28, pixels / 255`,
    ko: ({ train, test }) => `MNIST 손글씨 숫자, 28x28 이미지 ${train} + ${test}장, 픽셀 / 255`,
  }),
  fashionMnist: label<{ train: number; test: number }>({
    en: ({ train, test }) => `Fashion-MNIST clothes, ${train} + ${test} images of 28x28, pixels / 255`,
    ko: ({ train, test }) => `Fashion-MNIST 옷 사진, 28x28 이미지 ${train} + ${test}장, 픽셀 / 255`,
  }),
  xor: label<{ count: number; noise: number }>({
    en: ({ count, noise }) =>
      noise === 0
        ? `XOR, the ${count} corner points`
        : `XOR, ${count} points around the corners (std ${noise})`,
    ko: ({ count, noise }) =>
      noise === 0 ? `XOR, 꼭짓점 ${count}개` : `XOR, 꼭짓점 주변의 점 ${count}개(표준편차 ${noise})`,
  }),
  spirals: label<{ arms: number; count: number; noise: number }>({
    en: ({ arms, count, noise }) => `spirals with ${arms} arms, ${count} points, noise ${noise}`,
    ko: ({ arms, count, noise }) => `팔이 ${arms}개인 나선, 점 ${count}개, 잡음 ${noise}`,
  }),
  barsAndStripes: label<{ rows: number; columns: number; count: number }>({
    en: ({ rows, columns, count }) => `bars and stripes, all ${count} images of ${rows}x${columns}`,
    ko: ({ rows, columns, count }) => `막대와 줄무늬, ${rows}x${columns} 이미지 전체 ${count}장`,
  }),
  file: label<{ name: string; train: number; test: number; dims: readonly number[] }>({
    en: ({ name, train, test, dims }) => `${name}, ${train} + ${test} examples of shape [${dims.join(', ')}]`,
    ko: ({ name, train, test, dims }) => `${name}, 모양 [${dims.join(', ')}]인 예제 ${train} + ${test}개`,
  }),
} as const;
