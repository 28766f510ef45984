import { sentence } from '../define.ts';

const lectureUse = sentence('to run the labs again.', '강의의 실습을 그대로 다시 돌릴 때.');
const lectureOnly = sentence('the formula of the lecture, as it was written', '강의에 적힌 식 그대로');

const linear = sentence(
  'independent weights of mean 0 and an activation that is linear around 0 with slope 1',
  '평균 0인 독립 가중치, 0 근처에서 기울기 1로 선형인 활성화 함수',
);
const rectifier = sentence(
  'independent weights of mean 0, biases 0, a rectifier behind every layer',
  '평균 0인 독립 가중치, 편향 0, 층마다 정류 함수(ReLU 계열)',
);
const kerasUse = sentence('to get the distribution of Keras or JAX.', 'Keras나 JAX와 같은 분포가 필요할 때.');
const kerasAvoid = sentence(
  'to compare with PyTorch, whose normals are not cut.',
  'PyTorch와 비교할 때. PyTorch의 정규분포는 자르지 않습니다.',
);
const tfjs = {
  assumes: sentence(
    'that a cut at two standard deviations costs nothing, which is not so',
    '표준편차 두 배에서 잘라도 분산이 줄지 않는다는 가정(사실이 아님)',
  ),
  use: sentence('to reproduce a TensorFlow.js model.', 'TensorFlow.js 모델을 재현할 때.'),
  avoid: sentence(
    'anything new: ten layers lose 0.774^10 = 0.077 of the variance that Glorot keeps; the keras- rules keep it.',
    '새로 만드는 모든 것. 열 층이면 0.774^10 = 0.077배. keras- 규칙은 지킵니다.',
  ),
};

export const frameworkGuide = {
  'keras-glorot-normal': { assumes: linear, use: kerasUse, avoid: kerasAvoid },
  'keras-he-normal': { assumes: rectifier, use: kerasUse, avoid: kerasAvoid },
  'keras-lecun-normal': { assumes: linear, use: kerasUse, avoid: kerasAvoid },
  'tfjs-default': tfjs,
  'tfjs-glorot-normal': tfjs,
  'tfjs-he-normal': tfjs,
  'tfjs-lecun-normal': tfjs,
  'flax-default': {
    assumes: linear,
    use: sentence(
      'to compare with a Flax run that did not choose.',
      '초기화를 따로 정하지 않은 Flax 실행과 비교할 때.',
    ),
    avoid: sentence(
      'deep ReLU networks: take keras-he-normal.',
      '깊은 ReLU 네트워크. keras-he-normal이 낫습니다.',
    ),
  },
  'flux-lecun-normal': {
    assumes: linear,
    use: sentence('to get the distribution of Flux.', 'Flux와 같은 분포가 필요할 때.'),
    avoid: sentence(
      'as a truncated normal: only fans below about 4 feel the cut.',
      '절단 정규분포로 쓸 때. fan이 4보다 작을 때만 잘립니다.',
    ),
  },
  'jax-uniform': {
    assumes: sentence('nothing', '없음'),
    use: sentence('to get what JAX gives.', 'JAX와 같은 값을 얻을 때.'),
    avoid: sentence(
      'as a usual uniform start: all weights are positive, the mean is scale / 2.',
      '보통의 균등분포로 쓸 때. 가중치가 모두 양수이고 평균이 scale / 2입니다.',
    ),
  },
  stft: {
    assumes: sentence('a one-dimensional signal', '1차원 신호'),
    use: sentence(
      'the first layer of an audio network, as a spectrogram.',
      '오디오 네트워크의 첫 층을 스펙트로그램으로.',
    ),
    avoid: sentence('any other layer.', '그 밖의 층.'),
  },
  'pytorch-default': {
    assumes: sentence('nothing about the activation', '활성화 함수에 대한 가정 없음'),
    use: sentence(
      'to compare with a PyTorch run that did not choose.',
      '초기화를 따로 정하지 않은 PyTorch 실행과 비교할 때.',
    ),
    avoid: sentence(
      'deep networks without normalization: a ReLU network loses a factor of 6 of its variance in every layer.',
      '정규화 없는 깊은 네트워크. ReLU 네트워크에서는 층마다 분산이 6분의 1이 됩니다.',
    ),
  },
  'keras-default': {
    assumes: sentence(
      'independent weights of mean 0 and an activation that is linear around 0 with slope 1',
      '평균 0인 독립 가중치, 0 근처에서 기울기 1로 선형인 활성화 함수',
    ),
    use: sentence(
      'to compare with a Keras run that did not choose.',
      '초기화를 따로 정하지 않은 Keras 실행과 비교할 때.',
    ),
    avoid: sentence('deep ReLU networks: take he-normal.', '깊은 ReLU 네트워크. he-normal이 낫습니다.'),
  },
  'lecture-normal': {
    assumes: lectureOnly,
    use: lectureUse,
    avoid: sentence(
      'for anything else: the cost of the first epoch is in the hundreds.',
      '그 밖의 경우. 첫 에폭의 비용이 수백입니다.',
    ),
  },
  'lecture-xavier': {
    assumes: lectureOnly,
    use: lectureUse,
    avoid: sentence(
      'when Glorot is meant: this is the variance of LeCun.',
      'Glorot을 쓰려 할 때. 이 식은 LeCun의 분산입니다.',
    ),
  },
  'lecture-he': {
    assumes: lectureOnly,
    use: lectureUse,
    avoid: sentence(
      'elsewhere he-normal says the same and knows convolutions.',
      '다른 곳에서는 he-normal이 같은 뜻이고 합성곱도 다룹니다.',
    ),
  },
  'xavier-init': {
    assumes: lectureOnly,
    use: lectureUse,
    avoid: sentence(
      'the truncated form has 0.774 of 3 / (n_in + n_out), not the 2 / (n_in + n_out) of Glorot.',
      '절단 정규분포 쪽의 분산은 0.774 × 3 / (n_in + n_out)이며 Glorot의 2 / (n_in + n_out)가 아닙니다.',
    ),
  },
} as const;
