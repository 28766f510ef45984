import { sentence } from '../define.ts';

const lectureUse = sentence('to run the labs again.', '강의의 실습을 그대로 다시 돌릴 때.');
const lectureOnly = sentence('the formula of the lecture, as it was written', '강의에 적힌 식 그대로');

export const frameworkGuide = {
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
