/** Chapter 1 of the lab: why zero kills. */
import { label, sentence } from '../define.ts';

const activations = {
  relu: { en: 'ReLU', ko: 'ReLU' },
  tanh: { en: 'tanh', ko: 'tanh' },
  sigmoid: { en: 'sigmoid', ko: '시그모이드' },
} as const;

const starts = {
  zeros: { en: 'all 0', ko: '모두 0' },
  equal: { en: 'all 0.5', ko: '모두 0.5' },
  random: { en: 'random', ko: '무작위' },
} as const;

export const labZero = {
  title: sentence('Why zero kills', '왜 0으로 시작하면 안 되는가'),
  summary: sentence(
    'Put every weight at 0 and watch which derivatives die, which survive, and why survivors are not enough.',
    '모든 가중치를 0에 놓고 어떤 미분값이 죽고 어떤 것이 살아남는지, 살아남아도 왜 부족한지 눈으로 확인합니다.',
  ),

  lineHeading: sentence('One weight', '가중치 하나'),
  lineText: sentence(
    'A network learns by asking of every number in it: if this grew a little, by how much would the result grow? That is a derivative. Values run forward through the graph (blue), derivatives run backward (orange). An addition hands the derivative on unchanged; a multiplication hands it on multiplied by the other factor. So what x receives is w itself: at w = 0, x receives nothing, and neither does anything that lies behind x.',
    '신경망은 모든 수에 대해 “이 값이 조금 커지면 결과가 얼마나 커지는가?”를 물으며 배웁니다. 이것이 미분입니다. 값은 그래프를 따라 앞으로(파란색), 미분값은 뒤로(주황색) 흐릅니다. 덧셈은 미분값을 그대로 넘기고, 곱셈은 상대편 값을 곱해서 넘깁니다. 그래서 x가 받는 미분값은 바로 w입니다. w = 0이면 x는 아무것도 받지 못하고, x 뒤에 있는 모든 것도 마찬가지입니다.',
  ),
  lineTitle: sentence('f = w · x + b, forward and backward', 'f = w · x + b의 순전파와 역전파'),
  lineSummary: label<{ w: string; x: string; dead: boolean }>({
    en: ({ w, x, dead }) =>
      dead
        ? `w = 0: the derivative with respect to x is 0, so whatever computed x learns nothing. w itself receives x = ${x}.`
        : `The derivative with respect to x is w = ${w}; with respect to w it is x = ${x}; with respect to b it is always 1.`,
    ko: ({ w, x, dead }) =>
      dead
        ? `w = 0이므로 x에 대한 미분이 0입니다. x를 계산한 앞쪽 층은 아무것도 배우지 못합니다. w 자신은 x = ${x} 값을 받습니다.`
        : `x에 대한 미분은 w = ${w}, w에 대한 미분은 x = ${x}, b에 대한 미분은 언제나 1입니다.`,
  }),
  weight: sentence('weight w', '가중치 w'),
  inputValue: sentence('input x', '입력 x'),
  bias: sentence('bias b', '편향 b'),
  valueColumn: sentence('value', '값'),
  derivativeColumn: sentence('derivative of f', 'f의 미분'),
  nameColumn: sentence('name', '이름'),

  networkHeading: sentence('Two layers', '두 층'),
  networkText: sentence(
    'Now x is itself the result of a layer. Below, a network looks at one example, is wrong by some cost, and every weight asks for its derivative. Start at zeros with ReLU: only the last bias receives anything. Change to sigmoid: its hidden values are 0.5 instead of 0, so the last weights receive something too, but all of them the same. Then press “one update” a few times.',
    '이번에는 x 자체가 앞 층의 결과입니다. 아래 네트워크는 예제 하나를 보고, 틀린 만큼의 비용을 내고, 모든 가중치가 자신의 미분값을 구합니다. 먼저 모두 0, ReLU로 두면 마지막 편향만 미분값을 받습니다. 시그모이드로 바꾸면 은닉층의 값이 0이 아니라 0.5이므로 마지막 가중치도 미분값을 받습니다. 다만 모두 똑같은 값입니다. 그다음 “한 번 업데이트”를 몇 번 눌러 보세요.',
  ),
  networkTitle: sentence('A network, edge by edge', '간선 하나하나로 보는 네트워크'),
  start: sentence('First weights', '첫 가중치'),
  startName: label<{ name: keyof typeof starts }>({
    en: ({ name }) => starts[name].en,
    ko: ({ name }) => starts[name].ko,
  }),
  activation: sentence('Activation', '활성화 함수'),
  activationName: label<{ name: keyof typeof activations }>({
    en: ({ name }) => activations[name].en,
    ko: ({ name }) => activations[name].ko,
  }),
  layers: sentence('Layers of weights', '가중치 층 수'),
  updates: sentence('Updates', '업데이트'),
  oneUpdate: sentence('One update', '한 번 업데이트'),
  rewind: sentence('Rewind', '되감기'),
  redraw: sentence('New draw', '새로 뽑기'),
  seed: label<{ seed: number }>({
    en: ({ seed }) => `seed ${seed}`,
    ko: ({ seed }) => `시드 ${seed}`,
  }),
  input: sentence('input', '입력'),
  output: sentence('output', '출력'),
  layerNumber: label<{ number: number }>({
    en: ({ number }) => `layer ${number}`,
    ko: ({ number }) => `${number}층`,
  }),
  cost: label<{ cost: string; target: number }>({
    en: ({ cost, target }) => `wanted: ${target}, cost: ${cost}`,
    ko: ({ cost, target }) => `정답 ${target}, 비용 ${cost}`,
  }),
  allDifferent: label<{ zero: number; all: number }>({
    en: ({ zero, all }) =>
      zero === 0
        ? `All ${all} weights and biases receive a derivative, and no two units are alike: this network can learn.`
        : `${zero} of ${all} derivatives are 0 (units that are off for this example); the others differ, so this network can learn.`,
    ko: ({ zero, all }) =>
      zero === 0
        ? `가중치와 편향 ${all}개가 모두 미분값을 받고 서로 같은 유닛이 없습니다. 이 네트워크는 배울 수 있습니다.`
        : `미분값 ${all}개 중 ${zero}개가 0이지만(이 예제에서 꺼진 유닛), 나머지는 서로 달라서 이 네트워크는 배울 수 있습니다.`,
  }),
  networkNote: sentence(
    'Orange edges carry a derivative, dotted grey ones carry none. Blue: value of a unit; orange below it: derivative of the cost with respect to that value. Small squares are biases.',
    '주황색 간선은 미분값이 흐르는 곳, 회색 점선은 흐르지 않는 곳입니다. 파란 수는 유닛의 값, 그 아래 주황색 수는 그 값에 대한 비용의 미분입니다. 작은 네모는 편향입니다.',
  ),
  parameterColumn: sentence('parameter', '매개변수'),
  costDerivativeColumn: sentence('derivative of the cost', '비용의 미분'),

  learningHeading: sentence('And what comes of it', '그 결과'),
  learningText: sentence(
    'The same network of 16 hidden units learns XOR from three starts: the same examples in the same order, only the first weights differ. From zeros the cost stands still at ln 2 ≈ 0.693, the cost of guessing. From equal weights all 16 units stay one and the same unit for ever, which is too little for XOR. Random weights, each a different number, are what lets units become different.',
    '은닉 유닛 16개인 같은 네트워크가 세 가지 첫 가중치에서 XOR를 배웁니다. 예제와 순서는 모두 같고 첫 가중치만 다릅니다. 모두 0이면 비용이 찍기 수준인 ln 2 ≈ 0.693에 멈춰 있습니다. 모두 같은 값이면 유닛 16개가 끝까지 똑같은 하나의 유닛으로 남는데, XOR에는 하나로 부족합니다. 서로 다른 난수로 시작해야 유닛들이 서로 달라질 수 있습니다.',
  ),
} as const;
