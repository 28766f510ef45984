import { sentence } from '../define.ts';

export const transformerGuide = {
  gpt2: {
    assumes: sentence(
      'a pre-norm Transformer; names that show its blocks',
      'pre-norm 트랜스포머, 블록을 알 수 있는 이름',
    ),
    use: sentence(
      'language models of the usual size with layer normalization.',
      '정규화 층이 있는 보통 크기의 언어 모델.',
    ),
    avoid: sentence(
      'widths far from a thousand: 0.02 is 1 / sqrt(2500), and does not follow the width (mup does).',
      '폭이 천 안팎을 크게 벗어날 때. 0.02는 1 / sqrt(2500)이며 폭을 따라가지 않습니다(mup은 따라감).',
    ),
  },
  't-fixup': {
    assumes: sentence(
      'a Transformer without layer normalization, trained with Adam',
      '정규화 층 없이 Adam으로 학습하는 트랜스포머',
    ),
    use: sentence('to train without layer normalization and warm-up.', '정규화 층과 warm-up 없이 학습할 때.'),
    avoid: sentence('Transformers that have layer normalization.', '정규화 층이 있는 트랜스포머.'),
  },
  deepnorm: {
    assumes: sentence(
      'a post-norm Transformer with the residual connection LN(alpha x + f(x))',
      '잔차 연결이 LN(alpha x + f(x))인 post-norm 트랜스포머',
    ),
    use: sentence('hundreds of layers with post-norm.', 'post-norm으로 수백 층을 쌓을 때.'),
    avoid: sentence(
      'without alpha in the residual connection: the values alone are only smaller.',
      '잔차 연결에 alpha가 없을 때. 값만 작아질 뿐입니다.',
    ),
  },
  mimetic: {
    assumes: sentence('square attention, sinusoidal positions', '정사각 어텐션, 사인 위치 인코딩'),
    use: sentence('small vision Transformers on small data.', '작은 데이터로 학습하는 작은 비전 트랜스포머.'),
    avoid: sentence(
      'large data, where the gain vanishes; wide models in a hurry (cubic time per head).',
      '데이터가 많아 이득이 사라질 때, 시간이 급한 넓은 모델(헤드마다 세제곱 시간).',
    ),
  },
  'timm-vit': {
    assumes: sentence('a pre-norm vision Transformer', 'pre-norm 비전 트랜스포머'),
    use: sentence('to get what timm gives.', 'timm과 같은 값을 얻을 때.'),
    avoid: sentence(
      'other architectures: 0.02 does not look at the layer.',
      '다른 구조. 0.02는 층의 크기를 보지 않습니다.',
    ),
  },
} as const;
