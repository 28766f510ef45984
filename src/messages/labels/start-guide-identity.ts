import { sentence } from '../define.ts';

export const identityGuide = {
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
  'zero-hadamard': {
    assumes: sentence(
      'an activation that leaves its inputs alone where they lie, or residual blocks',
      '입력을 그대로 두는 구간의 활성화 함수, 또는 잔차 블록',
    ),
    use: sentence(
      'when a start without any seed is wanted: the same bits for everybody.',
      '시드가 전혀 없는 초기화가 필요할 때. 누구에게나 같은 비트입니다.',
    ),
    avoid: sentence(
      'networks that only narrow: the identity cuts inputs off and the rest of them is never seen at the start.',
      '좁아지기만 하는 네트워크. 잘려 나간 입력은 처음에 전혀 쓰이지 않습니다.',
    ),
  },
  'padded-identity': {
    assumes: sentence(
      'an activation that leaves its inputs alone where they lie',
      '입력을 그대로 두는 구간의 활성화 함수',
    ),
    use: sentence(
      'the main path of residual networks; the start idinit also treats the ends of branches.',
      '잔차 네트워크의 본 경로. 가지의 끝까지 다루려면 idinit.',
    ),
    avoid: sentence(
      'plain widening networks trained without momentum: repeated outputs separate only slowly.',
      '관성 없이 학습하는 넓어지는 네트워크. 반복된 출력이 느리게 갈라집니다.',
    ),
  },
  'flux-identity': {
    assumes: sentence('layers of equal width', '폭이 같은 층들'),
    use: sentence('to get what Flux gives.', 'Flux와 같은 값을 얻을 때.'),
    avoid: sentence(
      'elsewhere: identity and dirac say it plainly.',
      '그 밖의 경우. identity와 dirac이 더 분명합니다.',
    ),
  },
} as const;
