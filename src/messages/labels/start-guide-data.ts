import { sentence } from '../define.ts';

export const dataGuide = {
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
