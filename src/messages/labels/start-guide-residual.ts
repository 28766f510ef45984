import { sentence } from '../define.ts';

export const residualGuide = {
  fixup: {
    assumes: sentence(
      'residual branches of ReLU layers without normalization',
      '정규화 층 없이 ReLU 층으로 된 잔차 가지',
    ),
    use: sentence(
      'very deep residual networks without normalization.',
      '정규화 없는 아주 깊은 잔차 네트워크.',
    ),
    avoid: sentence(
      'plain networks, and residual ones that normalize: there zero-gamma does it.',
      '일반 네트워크, 정규화 층이 있는 잔차 네트워크(zero-gamma로 충분).',
    ),
  },
  skipinit: {
    assumes: sentence('a learned factor on every branch', '가지마다 학습되는 배율'),
    use: sentence(
      'residual networks without normalization, with one more number per block (:residual=learned).',
      '정규화 없는 잔차 네트워크에 블록마다 수 하나를 더해서(:residual=learned).',
    ),
    avoid: sentence(
      'architectures that cannot be changed: fixup and zero-gamma need no factor.',
      '구조를 바꿀 수 없을 때. fixup과 zero-gamma에는 배율이 필요 없습니다.',
    ),
  },
  'zero-gamma': {
    assumes: sentence('residual branches that end in a normalization', '정규화 층으로 끝나는 잔차 가지'),
    use: sentence(
      'residual networks with batch normalization and large batches.',
      '배치 정규화와 큰 배치를 쓰는 잔차 네트워크.',
    ),
    avoid: sentence('plain networks.', '일반 네트워크.'),
  },
  idinit: {
    assumes: sentence(
      'residual networks of equal width, trained with momentum',
      '폭이 같은 잔차 네트워크와 관성(momentum) 학습',
    ),
    use: sentence(
      'when the start shall be exactly reproducible: it uses no random numbers.',
      '난수 없이 완전히 같은 시작이 필요할 때.',
    ),
    avoid: sentence(
      'training without momentum, small networks whose features have to differ from the start.',
      '관성 없는 학습, 처음부터 특징이 서로 달라야 하는 작은 네트워크.',
    ),
  },
} as const;
