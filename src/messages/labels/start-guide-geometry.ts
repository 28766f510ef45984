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
  'looks-linear': {
    assumes: sentence(
      'plain dense and convolution layers of even width; exact for ReLU, GELU, SiLU, to first order for others',
      '짝수 폭의 일반 밀집·합성곱 층. ReLU, GELU, SiLU에서는 정확하고 그 밖에서는 1차까지 성립',
    ),
    use: sentence(
      'very deep plain networks of rectifiers, whose gradients would otherwise look like white noise.',
      '아주 깊은 일반 ReLU 네트워크. 다른 초기화에서는 그래디언트가 백색 잡음처럼 됩니다.',
    ),
    avoid: sentence(
      'shallow networks: half of the units say nothing new at first; residual networks, grouped convolutions, max pooling.',
      '얕은 네트워크(처음에는 유닛 절반이 새로운 것을 말하지 않습니다), 잔차 네트워크, 그룹 합성곱, 최대 풀링.',
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
  'delta-orthogonal': {
    assumes: sentence(
      'padding that keeps the size, as many outputs as inputs or more; exact for linear layers',
      '크기를 유지하는 패딩, 입력보다 적지 않은 출력. 선형 층에서 정확히 성립',
    ),
    use: sentence(
      'very deep convolutional networks without normalization or shortcuts, tanh above all; gain=relu for rectifiers.',
      '정규화와 지름길 연결이 없는 아주 깊은 합성곱 네트워크, 특히 tanh. ReLU에는 gain=relu.',
    ),
    avoid: sentence(
      'shallow networks: the pixels around the centre start at 0, and neighborhoods have to be learned.',
      '얕은 네트워크. 커널 중심 밖이 0에서 시작하므로 이웃 픽셀의 관계를 새로 배워야 합니다.',
    ),
  },
  'conv-orthogonal': {
    assumes: sentence(
      'as many outputs as inputs or more, stride 1; exact for linear layers away from the border',
      '입력보다 적지 않은 출력, 보폭 1. 가장자리를 뺀 선형 층에서 정확히 성립',
    ),
    use: sentence(
      'deep convolutional networks in which all taps shall start alive.',
      '커널의 모든 위치가 값을 가지고 시작해야 하는 깊은 합성곱 네트워크.',
    ),
    avoid: sentence(
      'narrowing layers, and kernels of many taps on hundreds of channels (cubic in the channels, per tap). Pixels near the border lose signal to the padding.',
      '좁아지는 층, 채널이 수백 개인 큰 커널(채널 수의 세제곱 × 커널 크기). 가장자리 픽셀은 패딩만큼 신호를 잃습니다.',
    ),
  },
} as const;
