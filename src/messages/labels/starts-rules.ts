import { sentence } from '../define.ts';

/** What each of the further rules does, in one sentence, by its name. */
export const moreRuleLabels = {
  'torch-trunc-normal': sentence(
    'Normal, cut at absolute bounds as in PyTorch, timm and Flux.',
    'PyTorch, timm, Flux처럼 절대값 경계에서 자른 정규분포.',
  ),
  'delta-orthogonal': sentence(
    'A convolution that is a rotation of the channels at its centre and 0 around it.',
    '중심에서 채널을 회전하고 그 밖은 0인 합성곱.',
  ),
  'conv-orthogonal': sentence(
    'A convolution in one to three dimensions that keeps all lengths, with every tap alive.',
    '모든 길이를 지키면서 커널의 모든 위치가 값을 가지는 1~3차원 합성곱.',
  ),
  'zero-hadamard': sentence(
    'ZerO: identity, and Hadamard where the layer widens; not random.',
    'ZerO. 항등 행렬, 넓어지는 층에서는 아다마르 행렬. 난수를 쓰지 않습니다.',
  ),
  'padded-identity': sentence(
    'Identity repeated where the layer is not square; not random.',
    '정사각이 아닌 층에서는 항등 행렬을 반복합니다. 난수를 쓰지 않습니다.',
  ),
  'flux-identity': sentence(
    "Flux's identity_init, with gain and shift.",
    'Flux의 identity_init. gain과 shift 포함.',
  ),
  'activation-scaling': sentence(
    "He's rule for any activation, its moments computed.",
    '어떤 활성화 함수에도 맞춘 He 규칙. 적률을 계산해 씁니다.',
  ),
  'edge-of-chaos': sentence(
    'Weights and biases at the critical point of any activation.',
    '어떤 활성화 함수든 그 임계점에 맞춘 가중치와 편향.',
  ),
  kumar: sentence(
    'The variance from value and slope of the activation at 0; 3.6 / sqrt(fan_in) for sigmoids.',
    '0에서의 활성화 함수 값과 기울기로 정한 분산. sigmoid는 3.6 / sqrt(fan_in).',
  ),
  'random-walk': sentence(
    'He with a correction for narrow layers, for very deep networks.',
    '좁은 층을 보정한 He. 아주 깊은 네트워크용.',
  ),
  mup: sentence(
    'Values and learning rates that carry over from narrow to wide networks.',
    '좁은 네트워크에서 넓은 네트워크로 그대로 옮겨 가는 값과 학습률.',
  ),
  spectral: sentence(
    'Largest singular values that go with sqrt(fan_out / fan_in), learning rates too.',
    '최대 특잇값이 sqrt(fan_out / fan_in)을 따르는 값과 학습률.',
  ),
  ntk: sentence(
    'Neural-tangent parametrization: N(0, 1) behind a factor 1 / sqrt(fan_in).',
    '신경 탄젠트 매개변수화. 1 / sqrt(fan_in) 배율 뒤의 N(0, 1).',
  ),
  siren: sentence('For networks of sines that represent signals.', '신호를 나타내는 sine 네트워크용.'),
  gpt2: sentence(
    'N(0, 0.02²), smaller where blocks write into the residual stream.',
    'N(0, 0.02²). 잔차 흐름에 더해지는 가중치는 더 작게.',
  ),
  't-fixup': sentence(
    'Transformers without layer normalization and warm-up.',
    '정규화 층과 warm-up이 없는 트랜스포머용.',
  ),
  deepnorm: sentence('Post-norm Transformers of up to 1000 layers.', '최대 1000층의 post-norm 트랜스포머용.'),
  mimetic: sentence(
    'Attention that starts with the products that trained vision Transformers have.',
    '학습된 비전 트랜스포머를 닮은 행렬곱으로 시작하는 어텐션.',
  ),
  'timm-vit': sentence("timm's recipes for vision Transformers.", 'timm의 비전 트랜스포머 초기화.'),
  'flax-default': sentence('What Flax gives Dense and Conv layers.', 'Flax가 Dense, Conv 층에 주는 기본값.'),
  'tfjs-default': sentence(
    'What TensorFlow.js gives Dense and Conv layers: 0.774 of the variance of Glorot.',
    'TensorFlow.js가 Dense, Conv 층에 주는 기본값. Glorot 분산의 0.774배.',
  ),
  'keras-glorot-normal': sentence(
    'GlorotNormal of Keras and JAX: truncated, variance as promised.',
    'Keras, JAX의 GlorotNormal. 자르되 분산은 약속대로.',
  ),
  'keras-he-normal': sentence(
    'HeNormal of Keras and JAX: truncated, variance as promised.',
    'Keras, JAX의 HeNormal. 자르되 분산은 약속대로.',
  ),
  'keras-lecun-normal': sentence(
    'LecunNormal of Keras and JAX: truncated, variance as promised.',
    'Keras, JAX의 LecunNormal. 자르되 분산은 약속대로.',
  ),
  'tfjs-glorot-normal': sentence(
    'glorotNormal of TensorFlow.js: 0.774 of the variance.',
    'TensorFlow.js의 glorotNormal. 분산이 0.774배.',
  ),
  'tfjs-he-normal': sentence(
    'heNormal of TensorFlow.js: 0.774 of the variance.',
    'TensorFlow.js의 heNormal. 분산이 0.774배.',
  ),
  'tfjs-lecun-normal': sentence(
    'leCunNormal of TensorFlow.js: 0.774 of the variance.',
    'TensorFlow.js의 leCunNormal. 분산이 0.774배.',
  ),
  'flux-lecun-normal': sentence(
    'lecun_normal of Flux, cut at -2 and 2.',
    'Flux의 lecun_normal. -2와 2에서 자름.',
  ),
  'jax-uniform': sentence(
    "JAX's uniform: from 0 up, not around 0.",
    'JAX의 uniform. 0을 중심으로 하지 않고 0부터.',
  ),
  stft: sentence(
    'Short-time Fourier transform as a convolution; not random.',
    '합성곱으로 쓰는 단시간 푸리에 변환. 난수를 쓰지 않습니다.',
  ),
} as const;
