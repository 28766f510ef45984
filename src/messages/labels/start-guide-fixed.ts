import { sentence } from '../define.ts';

const none = sentence('nothing', '없음');
const lesson = sentence('as a lesson; for biases.', '교육용, 그리고 편향.');
const symmetric = sentence(
  'weights: units that start equal get equal gradients and stay equal.',
  '가중치. 같은 값으로 시작한 유닛은 같은 그래디언트를 받아 끝까지 같습니다.',
);
const oneSize = sentence(
  'deep networks: the right size depends on the fan, and a fixed one makes the signal vanish or explode.',
  '깊은 네트워크. 알맞은 크기는 fan에 따라 다르며, 고정값은 신호를 사라지게 하거나 폭주시킵니다.',
);
const known = sentence(
  'when somebody else has tuned the numbers, e.g. 0.02 for Transformers.',
  '누군가 값을 이미 맞춰 놓았을 때. 예: 트랜스포머의 0.02.',
);

export const fixedGuide = {
  zeros: { assumes: none, use: lesson, avoid: symmetric },
  ones: { assumes: none, use: lesson, avoid: symmetric },
  constant: { assumes: none, use: lesson, avoid: symmetric },
  uniform: { assumes: none, use: known, avoid: oneSize },
  normal: { assumes: none, use: known, avoid: oneSize },
  'truncated-normal': {
    assumes: none,
    use: sentence(
      'to keep far values out; bound is in units of std, correct=yes gives the std that is asked for.',
      '먼 값을 빼고 싶을 때. bound의 단위는 std이며, correct=yes면 결과의 표준편차가 std와 같습니다.',
    ),
    avoid: oneSize,
  },
  'torch-trunc-normal': {
    assumes: none,
    use: sentence(
      'to get the distribution of PyTorch, timm or Flux; lower and upper are numbers, not units of std.',
      'PyTorch, timm, Flux와 같은 분포가 필요할 때. lower와 upper는 std 단위가 아닌 절대값입니다.',
    ),
    avoid: sentence(
      'with std 0.02 and the default bounds: the cut lies at 100 standard deviations and cuts nothing.',
      'std 0.02에 기본 경계를 쓸 때. 경계가 표준편차 100배에 있어 아무것도 자르지 않습니다.',
    ),
  },
} as const;
