/** Chapter 3 of the lab: Xavier and He, derived. */
import { label, sentence } from '../define.ts';

const activations = {
  linear: { en: 'none (linear)', ko: '없음(선형)' },
  relu: { en: 'ReLU', ko: 'ReLU' },
  tanh: { en: 'tanh', ko: 'tanh' },
} as const;

const rules = {
  forward: { en: 'Var(w) = 1 / fan_in', ko: 'Var(w) = 1 / fan_in' },
  backward: { en: 'Var(w) = 1 / fan_out', ko: 'Var(w) = 1 / fan_out' },
  xavier: { en: 'Xavier: 2 / (fan_in + fan_out)', ko: 'Xavier: 2 / (fan_in + fan_out)' },
  he: { en: 'He: 2 / fan_in', ko: 'He: 2 / fan_in' },
} as const;

const shortRules = { forward: '1/fan_in', backward: '1/fan_out', xavier: 'Xavier', he: 'He' } as const;
export type XavierRule = keyof typeof rules;

const frameworks = {
  numpy: { en: 'NumPy (lecture)', ko: 'NumPy(강의)' },
  tensorflow: { en: 'TensorFlow', ko: 'TensorFlow' },
  torch: { en: 'PyTorch', ko: 'PyTorch' },
  keras: { en: 'Keras', ko: 'Keras' },
  jax: { en: 'JAX', ko: 'JAX' },
  outset: { en: 'Outset', ko: 'Outset' },
} as const;

const distributions = {
  uniform: { en: 'uniform', ko: '균등분포' },
  normal: { en: 'normal', ko: '정규분포' },
  truncatedNormal: { en: 'truncated normal', ko: '절단 정규분포' },
} as const;

export const labXavier = {
  title: sentence('Xavier and He, derived', 'Xavier와 He 초기화, 직접 유도하기'),
  summary: sentence(
    'How large must random weights be? Large enough that the signal does not fade, small enough that it does not blow up. The answer is one division.',
    '난수 가중치는 얼마나 커야 할까요? 신호가 사라지지 않을 만큼 크고, 폭발하지 않을 만큼 작아야 합니다. 답은 나눗셈 한 번입니다.',
  ),
  fanIn: sentence('fan_in', 'fan_in'),
  fanOut: sentence('fan_out', 'fan_out'),
  activation: sentence('Activation', '활성화 함수'),
  activationName: label<{ name: keyof typeof activations }>({
    en: ({ name }) => activations[name].en,
    ko: ({ name }) => activations[name].ko,
  }),
  depth: sentence('Layers', '층 수'),
  ruleName: label<{ name: XavierRule }>({
    en: ({ name }) => rules[name].en,
    ko: ({ name }) => rules[name].ko,
  }),
  shortRule: label<{ name: XavierRule }>({
    en: ({ name }) => shortRules[name],
    ko: ({ name }) => shortRules[name],
  }),

  layerHeading: sentence('One layer', '한 층'),
  layerText: sentence(
    'A unit adds up fan_in products: z = w₁x₁ + w₂x₂ + … Independent terms add their variances, so Var(z) = fan_in · Var(w) · Var(x). For the variance to pass unchanged, Var(w) has to be 1 / fan_in. Backward the same sum runs over the fan_out units that an input feeds, so the gradient wants 1 / fan_out. Only a square layer can have both; Xavier (Glorot) takes the mean of the two fans. ReLU cuts away half of the square of its input, so He doubles 1 / fan_in.',
    '유닛 하나는 fan_in개의 곱을 더합니다: z = w₁x₁ + w₂x₂ + … 서로 독립이면 분산도 더해지므로 Var(z) = fan_in · Var(w) · Var(x)입니다. 분산이 그대로 통과하려면 Var(w) = 1 / fan_in이어야 합니다. 역방향에서는 입력 하나가 연결된 fan_out개 유닛에 대해 같은 합이 이루어지므로 그래디언트에는 1 / fan_out이 필요합니다. 둘 다 만족하는 것은 정사각형 층뿐이어서, Xavier(Glorot)는 두 fan의 평균을 씁니다. ReLU는 제곱의 절반을 잘라 내므로 He는 1 / fan_in을 두 배로 합니다.',
  ),
  layerTitle: sentence('What one linear layer does to the variance', '선형 층 하나가 분산에 하는 일'),
  layerAxis: sentence('variance behind the layer ÷ before it', '층을 지난 뒤의 분산 ÷ 지나기 전의 분산'),
  layerSummary: label<{ fanIn: number; fanOut: number; forward: string; backward: string }>({
    en: ({ fanIn, fanOut, forward, backward }) =>
      `With ${fanIn} inputs and ${fanOut} outputs, Xavier multiplies the signal's variance by ${forward} and the gradient's by ${backward}.${fanIn === fanOut ? ' The fans are equal: both are kept.' : ''}`,
    ko: ({ fanIn, fanOut, forward, backward }) =>
      `입력 ${fanIn}개, 출력 ${fanOut}개인 층에서 Xavier는 신호의 분산을 ${forward}배, 그래디언트의 분산을 ${backward}배로 만듭니다.${fanIn === fanOut ? ' 두 fan이 같으므로 둘 다 그대로 유지됩니다.' : ''}`,
  }),
  layerNote: label<{ draws: number; batch: number }>({
    en: ({ draws, batch }) =>
      `Measured: ${draws} draws of the weights, ${batch} random inputs and gradients. Dot: median, bar: smallest to largest. The dashed line is 1: nothing changes.`,
    ko: ({ draws, batch }) =>
      `실제로 잰 값입니다. 가중치를 ${draws}번 뽑아 무작위 입력과 그래디언트 ${batch}개를 통과시켰습니다. 점은 중앙값, 막대는 최솟값에서 최댓값까지입니다. 점선은 1, 즉 변화 없음입니다.`,
  }),
  forwardDirection: sentence('signal, forward', '신호(순방향)'),
  backwardDirection: sentence('gradient, backward', '그래디언트(역방향)'),
  ruleColumn: sentence('rule', '규칙'),

  depthHeading: sentence('Layer by layer', '층을 쌓으면'),
  depthText: sentence(
    'A factor that is a little off in one layer is multiplied once for every layer. Here the widths go from fan_in at the first layer to fan_out at the last in equal ratios. Without activation, watch the compromise; with ReLU, watch Xavier lose half of the signal in every layer while He stays level.',
    '한 층에서 조금 어긋난 배율은 층을 지날 때마다 곱해집니다. 여기서는 층의 너비가 처음의 fan_in에서 마지막의 fan_out까지 일정한 비율로 변합니다. 활성화 함수가 없을 때는 Xavier의 절충을 보고, ReLU로 바꾸어 Xavier는 층마다 신호의 절반을 잃는데 He는 그대로 유지되는 것을 보세요.',
  ),
  forwardTitle: sentence('Signal: mean square of z, layer by layer', '신호: 층별 z의 제곱평균'),
  backwardTitle: sentence(
    'Gradient: mean square of ∂C/∂z, relative to the last layer',
    '그래디언트: 마지막 층에 대한 ∂C/∂z 제곱평균의 비',
  ),
  squareAxis: sentence('mean square', '제곱평균'),
  layerAxisName: sentence('layer', '층'),
  depthSummary: label<{ kept: string; keptFactor: string; lost: string; lostFactor: string }>({
    en: ({ kept, keptFactor, lost, lostFactor }) =>
      `Through all layers ${kept} comes nearest to keeping it (times ${keptFactor}); farthest off is ${lost} (times ${lostFactor}).`,
    ko: ({ kept, keptFactor, lost, lostFactor }) =>
      `모든 층을 지나는 동안 가장 잘 유지하는 것은 ${kept}(${keptFactor}배), 가장 크게 벗어나는 것은 ${lost}(${lostFactor}배)입니다.`,
  }),
  depthNote: label<{ draws: number; batch: number; widths: string }>({
    en: ({ draws, batch, widths }) =>
      `Measured on a real network of widths ${widths}: ${draws} draws of the weights, ${batch} random inputs.`,
    ko: ({ draws, batch, widths }) =>
      `너비가 ${widths}인 실제 네트워크에서 잰 값입니다. 가중치를 ${draws}번 뽑고 무작위 입력 ${batch}개를 넣었습니다.`,
  }),

  densityHeading: sentence('Which distribution?', '어떤 분포에서 뽑을까'),
  densityText: sentence(
    'Only the variance enters the sum, so any distribution of that variance will do. Frameworks use three: uniform between ±√3 standard deviations, normal, and normal without its tails (cut at two deviations, then widened so that the variance is right again).',
    '합에 들어가는 것은 분산뿐이므로 분산만 맞으면 어떤 분포여도 됩니다. 프레임워크들은 세 가지를 씁니다. ±√3 표준편차 사이의 균등분포, 정규분포, 그리고 꼬리를 자른 정규분포(표준편차 두 배에서 자르고, 분산이 맞도록 다시 넓힌 것)입니다.',
  ),
  densityTitle: label<{ name: keyof typeof distributions }>({
    en: ({ name }) => `Xavier, ${distributions[name].en}`,
    ko: ({ name }) => `Xavier, ${distributions[name].ko}`,
  }),
  densitySummary: label<{ count: number; std: string; wanted: string; most: string }>({
    en: ({ count, std, wanted, most }) =>
      `${count.toLocaleString('en-US')} weights: standard deviation ${std} (wanted ${wanted}), largest ${most}.`,
    ko: ({ count, std, wanted, most }) =>
      `가중치 ${count.toLocaleString('en-US')}개의 표준편차는 ${std}(목표 ${wanted}), 가장 큰 값은 ${most}입니다.`,
  }),
  weightAxis: sentence('weight', '가중치'),
  densityAxis: sentence('density', '밀도'),
  weightColumn: sentence('weight', '가중치'),
  countColumn: sentence('drawn', '뽑힌 밀도'),
  expectedColumn: sentence('expected', '이론 밀도'),

  codeHeading: sentence('The same weights, in your framework', '내 프레임워크에서 같은 가중치 얻기'),
  codeText: sentence(
    'Each library draws with its own generator. The numbers beside the code are drawn by Outset, bit for bit what the code draws: run it and compare. Note what the lecture calls Xavier: its NumPy line divides by √fan_in alone, its TensorFlow function uses both fans.',
    '라이브러리마다 난수 생성기가 다릅니다. 코드 아래의 수는 Outset이 뽑은 것으로, 코드가 뽑는 값과 비트까지 같습니다. 실행해서 비교해 보세요. 강의에서 Xavier라고 부르는 것도 서로 다릅니다. NumPy 코드는 √fan_in으로만 나누고, TensorFlow 함수는 두 fan을 모두 씁니다.',
  ),
  rule: sentence('Rule', '규칙'),
  codeRule: label<{ name: 'xavier' | 'he' }>({
    en: ({ name }) => (name === 'he' ? 'He' : 'Xavier'),
    ko: ({ name }) => (name === 'he' ? 'He' : 'Xavier'),
  }),
  framework: sentence('Library', '라이브러리'),
  frameworkName: label<{ name: keyof typeof frameworks }>({
    en: ({ name }) => frameworks[name].en,
    ko: ({ name }) => frameworks[name].ko,
  }),
  code: sentence('Code', '코드'),
  bitsCaption: sentence('The first weights, and their bits', '처음 몇 개의 가중치와 비트'),
  index: sentence('index', '위치'),
  bits: sentence('bits (float32)', '비트(float32)'),
  notThere: sentence(
    'The lecture has no He line for this library; choose another.',
    '강의에는 이 라이브러리용 He 코드가 없습니다. 다른 것을 골라 주세요.',
  ),
} as const;
