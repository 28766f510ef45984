import { sentence } from '../define.ts';

export const dataGuide = {
  dbn: {
    assumes: sentence(
      'dense layers with sigmoid or tanh, structure in the inputs that also helps with the task',
      'sigmoid나 tanh를 쓰는 dense 층, 과제에도 도움이 되는 입력의 구조',
    ),
    use: sentence(
      'deep sigmoid networks; few labels and many inputs without one.',
      '깊은 sigmoid 네트워크. 레이블은 적고 레이블 없는 입력은 많을 때.',
    ),
    avoid: sentence(
      'convolutions, rectifiers and normalized networks, which learn well from a rule; it costs as much as some epochs of training.',
      '합성곱, ReLU, 정규화를 쓰는 네트워크. 규칙으로도 잘 배웁니다. 학습 몇 에폭만큼의 시간이 더 듭니다.',
    ),
  },
  lsuv: {
    assumes: sentence(
      'a batch that is like the training data; layers whose output is linear in their weights',
      '학습 데이터를 닮은 배치, 출력이 가중치에 선형인 층',
    ),
    use: sentence(
      'any activation and architecture for which no formula is at hand; one pass per layer.',
      '맞는 식이 없는 활성화 함수나 구조. 층마다 한 번 통과시키면 됩니다.',
    ),
    avoid: sentence(
      'very deep tanh networks: the signal is right and the gradient still explodes (56 times in 50 layers).',
      '아주 깊은 tanh 네트워크. 신호는 맞아도 그래디언트가 폭주합니다(50층에서 56배).',
    ),
  },
  krahenbuhl: {
    assumes: sentence(
      'a batch that is like the training data; for equal speeds, activations that pass factors on (rectifiers)',
      '학습 데이터를 닮은 배치. 학습 속도를 맞출 때는 배율을 그대로 전달하는 활성화 함수(ReLU 계열)',
    ),
    use: sentence(
      'convolutional networks on little data; basis=pca or k-means lets filters look like the data.',
      '적은 데이터의 합성곱 네트워크. basis=pca나 k-means를 쓰면 필터가 데이터를 닮습니다.',
    ),
    avoid: sentence(
      'networks with normalization layers, and layers of more than a few thousand inputs with pca or k-means.',
      '정규화 층이 있는 네트워크, 입력이 수천 개를 넘는 층의 pca와 k-means.',
    ),
  },
  'weight-norm': {
    assumes: sentence('a batch that is like the training data', '학습 데이터를 닮은 배치'),
    use: sentence(
      'what batch normalization does at the first step, without the layers.',
      '배치 정규화가 첫걸음에 하는 일을 정규화 층 없이 얻고 싶을 때.',
    ),
    avoid: sentence(
      'small batches: mean and variance of each unit are only as good as its examples.',
      '작은 배치. 유닛마다의 평균과 분산은 예제 수만큼만 정확합니다.',
    ),
  },
} as const;
