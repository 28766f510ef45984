import { sentence } from '../define.ts';

export const geometryGuide = {
  orthogonal: {
    assumes: sentence(
      'square or nearly square weights; exact for linear layers, on average for others',
      '정사각이거나 그에 가까운 가중치. 선형 층에서는 정확하고 그 밖에서는 평균으로 성립',
    ),
    use: sentence(
      'deep networks of linear or tanh layers, recurrent weights; gain=relu for rectifiers.',
      '선형, tanh 층으로 된 깊은 네트워크와 순환 가중치. ReLU에는 gain=relu.',
    ),
    avoid: sentence(
      'very wide layers where time counts (a QR decomposition is cubic); convolutions: only the matrix of the kernel is orthogonal there, not the convolution (conv-orthogonal is).',
      '시간이 중요한 매우 넓은 층(QR 분해는 세제곱 시간), 합성곱 층(커널 행렬만 직교이고 합성곱은 아닙니다. conv-orthogonal은 합성곱이 직교).',
    ),
  },
  sparse: {
    assumes: sentence(
      'inputs of similar size, enough of them that 15 stand for all',
      '입력들의 크기가 비슷하고, 15개가 전체를 대표할 만큼 입력이 많음',
    ),
    use: sentence(
      'wide tanh or sigmoid layers and second-order optimizers: units start different, sums do not grow with the layer.',
      '넓은 tanh, sigmoid 층과 2차 최적화. 유닛이 서로 다르게 시작하고 합이 층의 크기를 따라 커지지 않습니다.',
    ),
    avoid: sentence(
      'narrow layers, and ReLU networks deeper than a few layers: variance 15 per unit explodes unless std is lowered.',
      '좁은 층, 몇 층보다 깊은 ReLU 네트워크. std를 줄이지 않으면 유닛당 분산 15로 폭주합니다.',
    ),
  },
  'torch-sparse': {
    assumes: sentence('nothing about the signal: std is fixed', '신호에 대한 가정 없음. std가 고정값'),
    use: sentence('to get what PyTorch gives.', 'PyTorch와 같은 값을 얻을 때.'),
    avoid: sentence(
      'everywhere else: std 0.01 with nine of ten outputs cut passes almost no signal.',
      '그 밖의 모든 경우. std 0.01에 출력 열 중 아홉을 끊으면 신호가 거의 지나가지 못합니다.',
    ),
  },
  identity: {
    assumes: sentence(
      'layers of equal width; an activation that leaves its inputs alone where they lie',
      '폭이 같은 층들, 입력을 그대로 두는 구간의 활성화 함수',
    ),
    use: sentence(
      'recurrent ReLU weights (IRNN), linear layers that shall start as if they were not there.',
      '순환 ReLU 가중치(IRNN), 처음에는 없는 것처럼 시작해야 하는 선형 층.',
    ),
    avoid: sentence(
      'widening layers: outputs beyond the inputs stay 0, and with zero biases a ReLU there is dead.',
      '넓어지는 층. 입력 수를 넘는 출력은 0이고, 편향도 0이면 그 ReLU는 죽어 있습니다.',
    ),
  },
  dirac: {
    assumes: sentence(
      'odd kernels with the padding that keeps the size, as many outputs as inputs',
      '크기를 유지하는 패딩의 홀수 커널, 입력과 같은 수의 출력 채널',
    ),
    use: sentence(
      'convolutions in very deep plain networks or inside residual blocks.',
      '아주 깊은 일반 합성곱 네트워크나 잔차 블록 속의 합성곱.',
    ),
    avoid: sentence(
      'widening layers (extra channels are 0); mixing of channels and pixels has to be learned from nothing.',
      '넓어지는 층(남는 채널은 0). 채널과 픽셀의 섞임은 처음부터 배워야 합니다.',
    ),
  },
} as const;
