import { sentence } from '../define.ts';

const independent = sentence(
  'weights of mean 0, independent of each other and of the inputs',
  '가중치의 평균이 0이고 서로, 그리고 입력과 독립',
);
const linear = sentence(
  'independent weights of mean 0 and an activation that is linear around 0 with slope 1',
  '평균 0인 독립 가중치, 0 근처에서 기울기 1로 선형인 활성화 함수',
);
const rectifier = sentence(
  'independent weights of mean 0, biases 0, a rectifier behind every layer',
  '평균 0인 독립 가중치, 편향 0, 층마다 정류 함수(ReLU 계열)',
);
const glorotUse = sentence(
  'tanh, softsign and linear layers; gain=NAME for the gain of another activation.',
  'tanh, softsign, 선형 층. 다른 활성화 함수에는 gain=이름.',
);
const glorotAvoid = sentence(
  'deep ReLU networks: half of the variance is lost in every layer (He keeps it).',
  '깊은 ReLU 네트워크. 층마다 분산이 절반으로 줄어듭니다(He는 지킵니다).',
);
const lecunUse = sentence(
  'SELU networks, linear layers, the inputs of softmax.',
  'SELU 네트워크, 선형 층, softmax 앞의 층.',
);
const lecunAvoid = sentence(
  'deep ReLU networks: half of the variance is lost in every layer.',
  '깊은 ReLU 네트워크. 층마다 분산이 절반으로 줄어듭니다.',
);
const heUse = sentence(
  'ReLU and leaky ReLU without normalization; mode=fanOut keeps the gradient instead where widths change.',
  '정규화 층이 없는 ReLU, leaky ReLU. 폭이 변하는 곳에서 그래디언트를 지키려면 mode=fanOut.',
);
const heAvoid = sentence(
  'tanh or sigmoid (too large), residual sums without normalization (variance doubles in every block), narrow networks that are very deep (variance of the length grows as sum 5 / width).',
  'tanh, sigmoid(너무 큼), 정규화 없는 잔차 합(블록마다 분산이 두 배), 좁고 매우 깊은 네트워크(길이의 분산이 5/폭의 합만큼 커짐).',
);

export const varianceGuide = {
  'variance-scaling': {
    assumes: independent,
    use: sentence(
      'to write any rule of this group, or to copy one from Keras or JAX.',
      '이 묶음의 어떤 규칙이든 쓰거나 Keras, JAX의 설정을 그대로 옮길 때.',
    ),
    avoid: sentence(
      'when a named rule says the same: a reader knows the name.',
      '같은 뜻의 이름 있는 규칙이 있을 때. 이름이 읽기 쉽습니다.',
    ),
  },
  'lecun-normal': { assumes: linear, use: lecunUse, avoid: lecunAvoid },
  'lecun-uniform': { assumes: linear, use: lecunUse, avoid: lecunAvoid },
  'glorot-normal': { assumes: linear, use: glorotUse, avoid: glorotAvoid },
  'glorot-uniform': { assumes: linear, use: glorotUse, avoid: glorotAvoid },
  'he-normal': { assumes: rectifier, use: heUse, avoid: heAvoid },
  'he-uniform': { assumes: rectifier, use: heUse, avoid: heAvoid },
} as const;
