import { sentence } from '../define.ts';

export const meanFieldGuide = {
  'activation-scaling': {
    assumes: sentence(
      'wide layers, biases 0, pre-activations near N(0, 1)',
      '넓은 층, 편향 0, N(0, 1)에 가까운 활성화 전 값',
    ),
    use: sentence(
      'any activation but ReLU: GELU, SiLU, Mish, ELU, tanh; one formula for all.',
      'ReLU가 아닌 모든 활성화 함수. GELU, SiLU, Mish, ELU, tanh에 식 하나.',
    ),
    avoid: sentence(
      'more than about 20 layers of GELU, SiLU or Mish: variance 1 repels there (edge-of-chaos has the point that does not), and forward and backward factors differ.',
      'GELU, SiLU, Mish를 20층 넘게 쌓을 때. 분산 1이 불안정합니다(edge-of-chaos의 점은 안정). 앞뒤 방향의 배율도 서로 다릅니다.',
    ),
  },
  'edge-of-chaos': {
    assumes: sentence(
      'wide layers whose first pre-activations have the variance of the fixed point; independent Gaussian weights and biases',
      '넓은 층, 고정점의 분산을 가진 첫 활성화 전 값, 서로 독립인 가중치와 편향',
    ),
    use: sentence(
      'plain networks of tens of layers or more; weights=orthogonal for tanh.',
      '수십 층 이상의 일반 네트워크. tanh에는 weights=orthogonal.',
    ),
    avoid: sentence(
      'networks with normalization (it sets the signal itself), sigmoid (its critical point is saturated), softplus (it has none).',
      '정규화 층이 있는 네트워크(정규화가 신호를 정함), sigmoid(임계점이 포화 상태), softplus(임계점 없음).',
    ),
  },
  kumar: {
    assumes: sentence(
      'an activation that is differentiable at 0, and pre-activations small enough for its tangent there',
      '0에서 미분 가능한 활성화 함수, 접선으로 근사될 만큼 작은 활성화 전 값',
    ),
    use: sentence(
      'networks of sigmoids: std 3.6 / sqrt(fan_in).',
      'sigmoid 네트워크. 표준편차 3.6 / sqrt(fan_in).',
    ),
    avoid: sentence(
      'deep networks: the tangent is a first guess; activation-scaling integrates.',
      '깊은 네트워크. 접선은 어림일 뿐이며 activation-scaling은 적분합니다.',
    ),
  },
  'random-walk': {
    assumes: sentence(
      'layers of equal width n, independent Gaussian weights, biases 0',
      '폭 n이 같은 층들, 독립인 정규분포 가중치, 편향 0',
    ),
    use: sentence(
      'narrow and very deep ReLU or linear networks (100 layers of 64 units).',
      '좁고 아주 깊은 ReLU, 선형 네트워크(64유닛 100층).',
    ),
    avoid: sentence(
      'other activations; wide layers, where it is He.',
      '다른 활성화 함수, 넓은 층(He와 같아짐).',
    ),
  },
  mup: {
    assumes: sentence(
      'the learning rates of its table, and attention divided by the head size',
      '표의 학습률 배율, 헤드 크기로 나눈 어텐션',
    ),
    use: sentence(
      'to tune the learning rate on a narrow model and keep it for a wide one.',
      '좁은 모델에서 맞춘 학습률을 넓은 모델에 그대로 쓸 때.',
    ),
    avoid: sentence(
      'without its learning rates: then it is LeCun with small output weights. Outset returns them as data; your optimizer has to apply them.',
      '학습률 배율 없이. 그러면 출력 가중치가 작은 LeCun일 뿐입니다. Outset은 배율을 데이터로 주며 적용은 옵티마이저의 몫입니다.',
    ),
  },
  spectral: {
    assumes: sentence('the learning rates of its formula', '식에 딸린 학습률 배율'),
    use: sentence(
      'as muP, for layers of very different widths, without a base width.',
      'muP처럼, 폭이 크게 다른 층들에 기준 폭 없이.',
    ),
    avoid: sentence(
      'as a plain initialization of a narrowing ReLU network: the signal shrinks with fan_out / fan_in.',
      '좁아지는 ReLU 네트워크의 단순 초기화로. 신호가 fan_out / fan_in만큼 줄어듭니다.',
    ),
  },
  ntk: {
    assumes: sentence(
      'very wide layers, small steps; the factors in the layers or, folded, in values and learning rates',
      '아주 넓은 층과 작은 갱신. 배율은 층에, 접으면(fold) 값과 학습률에',
    ),
    use: sentence(
      'to study the tangent kernel, and to compare with its theory.',
      '탄젠트 커널을 연구하고 이론과 비교할 때.',
    ),
    avoid: sentence(
      'to learn features: in the limit there are none.',
      '특징을 배워야 할 때. 극한에서는 특징을 배우지 않습니다.',
    ),
  },
  siren: {
    assumes: sentence('sine activations, inputs uniform on [-1, 1]', 'sine 활성화, [-1, 1]에 고른 입력'),
    use: sentence(
      'networks that represent an image, a sound or a shape by coordinates.',
      '좌표로 이미지, 소리, 형상을 나타내는 네트워크.',
    ),
    avoid: sentence('any other activation.', '다른 활성화 함수.'),
  },
  autoinit: {
    assumes: sentence(
      'inputs of known mean and variance, independent pixels, wide layers',
      '평균과 분산을 아는 입력, 서로 독립인 픽셀, 넓은 층',
    ),
    use: sentence(
      'mixed networks (pooling, dropout, several activations, sums) when no data is at hand.',
      '데이터 없이, 여러 층이 섞인 네트워크(풀링, 드롭아웃, 여러 활성화 함수, 덧셈).',
    ),
    avoid: sentence(
      'images whose neighboring pixels are nearly equal, behind average pooling: lsuv measures what is assumed here. The gradient is not looked at.',
      '이웃 픽셀이 거의 같은 이미지의 평균 풀링 뒤. lsuv는 여기서 가정한 것을 실제로 잽니다. 그래디언트는 보지 않습니다.',
    ),
  },
  'mean-field': {
    assumes: sentence(
      'inputs of mean square 1, wide layers, no sums and no normalization',
      '제곱평균 1인 입력, 넓은 층, 덧셈과 정규화가 없는 구조',
    ),
    use: sentence(
      'plain networks of any activations, deep ones above all; it reads the activations from the network.',
      '어떤 활성화 함수든 일반 네트워크, 특히 깊은 네트워크. 활성화 함수를 네트워크에서 읽습니다.',
    ),
    avoid: sentence(
      'residual networks (refused), softplus (no critical point), inputs that are not standardized.',
      '잔차 네트워크(거부함), softplus(임계점 없음), 표준화하지 않은 입력.',
    ),
  },
} as const;
