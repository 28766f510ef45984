import { sentence } from '../define.ts';

export const learnedGuide = {
  metainit: {
    assumes: sentence(
      'a loss that can be differentiated three times (with rectifiers, almost everywhere)',
      '세 번 미분할 수 있는 손실(정류 함수는 거의 모든 곳에서)',
    ),
    use: sentence(
      'an architecture that no formula fits, without normalization and without data.',
      '맞는 식이 없는 구조, 정규화 층도 데이터도 없을 때.',
    ),
    avoid: sentence(
      'when minutes count: 500 steps, each about ten times as long as one of training. Scale alone is learned.',
      '시간이 아까울 때. 500걸음이며 한 걸음이 학습의 열 배쯤 걸립니다. 배우는 것은 크기뿐입니다.',
    ),
  },
  gradinit: {
    assumes: sentence(
      'the data and the loss of the training, and plain gradient descent',
      '학습에 쓸 데이터와 손실, 단순한 경사하강법',
    ),
    use: sentence(
      'deep networks without normalization whose first steps decide.',
      '첫걸음이 중요한, 정규화 층 없는 깊은 네트워크.',
    ),
    avoid: sentence(
      'training by Adam (its form of the rule is not offered here), networks with dropout, when minutes count.',
      'Adam 학습(그에 맞는 형태는 아직 없음), 드롭아웃이 있는 네트워크, 시간이 아까울 때.',
    ),
  },
} as const;
