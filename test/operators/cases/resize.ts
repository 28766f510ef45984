import { float32, int64 } from '../../../src/tensor/tensor.ts';
import { type OperatorCase, operatorCase as one, real } from '../operator-case.ts';

const coordinates = [
  'half_pixel',
  'half_pixel_symmetric',
  'pytorch_half_pixel',
  'align_corners',
  'asymmetric',
];
const roundings = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];
const image = real([1, 2, 4, 5]);
const larger = int64([4], [1, 2, 7, 8]);
const smaller = int64([4], [1, 2, 3, 2]);
const doubled = float32([4], [1, 1, 2, 2]);
const region = float32([8], [0, 0, 0.25, 0.25, 1, 1, 0.75, 1.25]);

export const resizeCases: readonly OperatorCase[] = [
  ...coordinates.flatMap((rule) => [
    ...roundings.map((rounding) =>
      one('Resize', `nearest, ${rule}, ${rounding}`, [image, undefined, undefined, larger], {
        coordinate_transformation_mode: rule,
        nearest_mode: rounding,
      }),
    ),
    one('Resize', `nearest, ${rule}, smaller`, [image, undefined, undefined, smaller], {
      coordinate_transformation_mode: rule,
    }),
    one('Resize', `linear, ${rule}, larger`, [image, undefined, undefined, larger], {
      mode: 'linear',
      coordinate_transformation_mode: rule,
    }),
    one('Resize', `linear, ${rule}, smaller`, [image, undefined, undefined, smaller], {
      mode: 'linear',
      coordinate_transformation_mode: rule,
    }),
  ]),
  one('Resize', 'nearest by scales', [image, undefined, doubled]),
  one('Resize', 'nearest by scales, asymmetric, floor', [image, undefined, doubled], {
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  }),
  one('Resize', 'linear by scales', [image, undefined, float32([4], [1, 1, 1.5, 0.6])], { mode: 'linear' }),
  one('Resize', 'linear by scales, symmetric', [image, undefined, float32([4], [1, 1, 1.7, 0.7])], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel_symmetric',
  }),
  one('Resize', 'two axes only', [image, undefined, float32([2], [2, 3])], { axes: [2, 3] }),
  ...['nearest', 'linear'].map((mode) =>
    one('Resize', `${mode}, tf_crop_and_resize`, [image, region, undefined, larger], {
      mode,
      coordinate_transformation_mode: 'tf_crop_and_resize',
      extrapolation_value: 0.5,
    }),
  ),
  one(
    'Resize',
    'linear, three axes',
    [real([1, 1, 3, 2, 4]), undefined, undefined, int64([5], [1, 1, 4, 5, 2])],
    {
      mode: 'linear',
    },
  ),
  ...['pytorch_half_pixel', 'align_corners', 'half_pixel', 'asymmetric'].map((rule) =>
    one('Resize', `linear to length 1, ${rule}`, [image, undefined, undefined, int64([4], [1, 2, 1, 3])], {
      mode: 'linear',
      coordinate_transformation_mode: rule,
    }),
  ),
  one(
    'Resize',
    'linear to length 1, tf_crop_and_resize',
    [image, region, undefined, int64([4], [1, 2, 1, 3])],
    {
      mode: 'linear',
      coordinate_transformation_mode: 'tf_crop_and_resize',
    },
  ),
];
