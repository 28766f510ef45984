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
} as const;
