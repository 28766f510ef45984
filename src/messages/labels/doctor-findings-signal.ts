/** Findings about how a signal and its gradient pass the layers: a short sentence, and a long one that teaches. */
import { label } from '../define.ts';

/** What the sentences of a finding mention; numbers are already text. */
export interface FindingDetails {
  /** Layers to blame, e.g. `dense3`; 'the network' where it is the whole. */
  readonly layer: string;
  /** First evidence: measured, expected of a healthy network or by theory, and the bound. */
  readonly measured: string;
  readonly predicted: string;
  readonly threshold: string;
  /** Second evidence, as far as there is one. */
  readonly second: string;
}

const text = label<FindingDetails>;

export const signalFindings = {
  'forward-vanishing': {
    short: text({
      en: ({ layer, second }) =>
        `The signal dies on the way forward, from ${layer} on: ${second} of the input is left behind the hidden layers.`,
      ko: ({ layer, second }) =>
        `신호가 앞으로 가면서 사라집니다. ${layer} 층부터 줄어들어 은닉층을 지나면 입력의 ${second}배만 남습니다.`,
    }),
    long: text({
      en: ({ layer, measured }) =>
        `Each layer multiplies the size of the signal by a factor; at ${layer} it is ${measured}. Factors below 1 multiply up over the layers, so a deep network hands almost nothing to its output: all inputs get the same answer, the biases', and gradients, which are products of the same factors, vanish as well. Weights must be so large that what the activation takes away is put back: fan_in · Var(w) = 2 behind ReLU, 1 behind a linear layer.`,
      ko: ({ layer, measured }) =>
        `층마다 신호의 크기에 어떤 배율이 곱해지는데 ${layer} 층에서는 ${measured}배입니다. 1보다 작은 배율이 층수만큼 곱해지므로 깊은 네트워크는 출력에 거의 아무것도 전하지 못합니다. 모든 입력에 편향이 정한 같은 답을 내고, 같은 배율의 곱인 그래디언트도 함께 사라집니다. 활성화 함수가 깎아 내는 만큼 가중치가 되돌려 주어야 합니다. ReLU 뒤에서는 fan_in · Var(w) = 2, 선형 층 뒤에서는 1입니다.`,
    }),
  },
  'forward-exploding': {
    short: text({
      en: ({ layer, second }) =>
        `The signal blows up on the way forward, from ${layer} on: ${second} times the input behind the hidden layers.`,
      ko: ({ layer, second }) =>
        `신호가 앞으로 가면서 폭발합니다. ${layer} 층부터 커져 은닉층을 지나면 입력의 ${second}배가 됩니다.`,
    }),
    long: text({
      en: ({ layer, measured }) =>
        `At ${layer} the size of the signal is multiplied by ${measured}, and so on from layer to layer. The outputs are then huge numbers, the first loss is far above that of a guess, and one update throws the weights to where nothing is left of the start; in half precision the values overflow. Divide the standard deviation of the weights by that factor.`,
      ko: ({ layer, measured }) =>
        `${layer} 층에서 신호의 크기가 ${measured}배가 되고, 이것이 층마다 되풀이됩니다. 출력이 매우 커져 처음 손실이 어림짐작보다 훨씬 크고, 한 번만 갱신해도 가중치가 엉뚱한 곳으로 튑니다. 반정밀도에서는 값이 넘칩니다. 가중치의 표준편차를 이 배율로 나누세요.`,
    }),
  },
  'backward-vanishing': {
    short: text({
      en: ({ layer, measured }) =>
        `Gradients vanish on the way back: ${measured} of the last layer's reaches the first (worst from ${layer} back).`,
      ko: ({ layer, measured }) =>
        `그래디언트가 뒤로 가면서 사라집니다. 마지막 층 그래디언트의 ${measured}배만 첫 층에 닿습니다(${layer} 층부터).`,
    }),
    long: text({
      en: ({ second }) =>
        `On its way from a layer to the one before, the gradient is multiplied by the weights and the slope of the activation, here by ${second} a layer. With plain gradient descent the first layers then hardly move, and the rest learns from features that stay random; Adam rescales each gradient, but what it rescales is mostly noise. The factor is 1 where fan_out · Var(w) · E[φ′²] = 1.`,
      ko: ({ second }) =>
        `그래디언트는 앞 층으로 갈 때마다 가중치와 활성화 함수의 기울기가 곱해집니다. 여기서는 층마다 ${second}배입니다. 단순한 경사 하강법으로는 앞쪽 층이 거의 움직이지 않고, 뒤쪽 층은 계속 무작위인 특징으로 배웁니다. Adam은 그래디언트의 크기를 맞춰 주지만 그렇게 키운 것은 대부분 잡음입니다. fan_out · Var(w) · E[φ′²] = 1이면 배율이 1입니다.`,
    }),
  },
  'backward-exploding': {
    short: text({
      en: ({ layer, measured }) =>
        `Gradients blow up on the way back: ${measured} times the last layer's at the first (worst from ${layer} back).`,
      ko: ({ layer, measured }) =>
        `그래디언트가 뒤로 가면서 폭발합니다. 첫 층에서 마지막 층의 ${measured}배가 됩니다(${layer} 층부터).`,
    }),
    long: text({
      en: ({ second }) =>
        `Each layer multiplies the gradient by ${second}. A rate that suits the last layers is then far too large for the first, and one that suits the first leaves the last standing. Lower the gain of the weights, or normalize.`,
      ko: ({ second }) =>
        `층마다 그래디언트에 ${second}배가 곱해집니다. 뒤쪽 층에 맞는 학습률은 앞쪽 층에 지나치게 크고, 앞쪽에 맞추면 뒤쪽이 움직이지 않습니다. 가중치의 게인을 낮추거나 정규화를 넣으세요.`,
    }),
  },
  'backward-exploding-behind-unit-variance': {
    short: text({
      en: ({ layer, measured }) =>
        `The signal keeps its size, but gradients grow to ${measured} times on the way back (from ${layer} on).`,
      ko: ({ layer, measured }) =>
        `신호의 크기는 그대로이지만 그래디언트는 뒤로 가면서 ${measured}배로 커집니다(${layer} 층부터).`,
    }),
    long: text({
      en: ({ second }) =>
        `Unit variance in every layer looks healthy, and is what LSUV and plain variance scaling aim at. But with tanh the gain that keeps the variance is 1.59, while gradients are kept by less: each layer multiplies them by ${second}. The more layers, the more the first ones are torn about. At the critical point both stay: for tanh a gain of 1.025 with tiny biases, orthogonal if the network is deep.`,
      ko: ({ second }) =>
        `모든 층의 분산이 1이면 건강해 보이고, LSUV와 분산 스케일링은 바로 이것을 목표로 합니다. 하지만 tanh에서 분산을 지키는 게인은 1.59인데 그래디언트를 지키는 게인은 그보다 작아서 층마다 ${second}배로 커집니다. 층이 많을수록 앞쪽 층이 심하게 흔들립니다. 임계점에서는 둘 다 지켜집니다. tanh라면 아주 작은 편향과 게인 1.025이고, 깊은 네트워크에는 직교 행렬을 쓰세요.`,
    }),
  },
  'correlation-collapse': {
    short: text({
      en: ({ layer, measured }) =>
        `Different inputs look alike from ${layer} on: 1 - cosine is ${measured} behind the hidden layers.`,
      ko: ({ layer, measured }) =>
        `${layer} 층부터 서로 다른 입력이 같아 보입니다. 은닉층 뒤에서 1 - 코사인 값이 ${measured}입니다.`,
    }),
    long: text({
      en: () =>
        'In the ordered phase each layer brings the directions of any two inputs closer together, until only rounding tells them apart. The output layer then sees one point, and can learn how frequent each class is but nothing about the input. It happens with small weights beside large biases, with sigmoids, and in very deep rectifier networks. A network can be trained to a depth of about 6 times the scale over which angles shrink.',
      ko: () =>
        '질서 상(ordered phase)에서는 층을 지날수록 두 입력의 방향이 가까워져 결국 반올림 오차 말고는 구별이 없어집니다. 그러면 출력층은 점 하나만 보게 되어 클래스의 빈도는 배워도 입력에 대해서는 아무것도 배우지 못합니다. 가중치가 작고 편향이 클 때, 시그모이드, 아주 깊은 ReLU 네트워크에서 일어납니다. 학습할 수 있는 깊이는 각도가 줄어드는 깊이 척도의 약 6배까지입니다.',
    }),
  },
  chaos: {
    short: text({
      en: ({ layer, measured }) =>
        `The network is chaotic: near inputs are torn apart, and gradients grow to ${measured} times on the way back (from ${layer} on).`,
      ko: ({ layer, measured }) =>
        `네트워크가 혼돈 상에 있습니다. 가까운 입력도 서로 멀어지고 그래디언트는 뒤로 가면서 ${measured}배로 커집니다(${layer} 층부터).`,
    }),
    long: text({
      en: ({ second }) =>
        `With large weights before a bounded activation the signal does not blow up, but small differences do, by ${second} a layer. Two pictures of the same class end as far apart as any two, so that what is learned of one says nothing about the other, and the loss is as rough as the function. Reduce the weights to the edge of chaos.`,
      ko: ({ second }) =>
        `유계인 활성화 함수 앞의 가중치가 크면 신호는 폭발하지 않지만 작은 차이가 층마다 ${second}배로 커집니다. 같은 클래스의 두 이미지도 아무 두 이미지만큼 멀어지므로 하나에서 배운 것이 다른 하나에 도움이 되지 않고, 손실 표면도 그만큼 거칩니다. 가중치를 혼돈의 가장자리(edge of chaos)까지 줄이세요.`,
    }),
  },
  'dead-relu': {
    short: text({
      en: ({ layer, measured }) =>
        `Dead ReLUs: ${measured} of the units of ${layer} give 0 for every example.`,
      ko: ({ layer, measured }) => `죽은 ReLU: ${layer} 층 유닛의 ${measured}가 모든 예제에서 0을 냅니다.`,
    }),
    long: text({
      en: () =>
        'A ReLU that is 0 for the whole batch passes no gradient to its weights, and stays as it is unless the layers before it move far enough. Such a layer is as good as narrower. The usual reasons are negative biases, inputs that are all positive and large, and weights so large that a layer tips over as a whole.',
      ko: () =>
        '배치 전체에서 0인 ReLU는 가중치에 그래디언트를 전하지 않으므로 앞의 층이 충분히 움직이지 않는 한 그대로입니다. 그만큼 좁은 층과 다름없습니다. 흔한 원인은 음수 편향, 모두 양수이고 큰 입력, 층 전체가 한쪽으로 쏠릴 만큼 큰 가중치입니다.',
    }),
  },
  saturation: {
    short: text({
      en: ({ layer, measured }) =>
        `Saturated: ${measured} of the activations of ${layer} lie in the flat part.`,
      ko: ({ layer, measured }) => `포화: ${layer} 층 활성화 값의 ${measured}가 평평한 구간에 있습니다.`,
    }),
    long: text({
      en: () =>
        'Where an activation is flat its slope is nearly 0, and so is the gradient that passes it: the units act as switches and are slow to change their mind. Weights, biases or inputs are too large for this activation.',
      ko: () =>
        '활성화 함수가 평평한 곳에서는 기울기가 거의 0이라 지나가는 그래디언트도 0에 가깝습니다. 유닛이 스위치처럼 굳어 잘 바뀌지 않습니다. 이 활성화 함수에 비해 가중치나 편향, 입력이 너무 큽니다.',
    }),
  },
  'residual-growth': {
    short: text({
      en: ({ layer, measured }) =>
        `The residual sums add up, from ${layer} on: the signal grows to ${measured} times over the blocks.`,
      ko: ({ layer, measured }) =>
        `잔차 합이 쌓입니다. ${layer} 층부터 블록을 지나며 신호가 ${measured}배로 커집니다.`,
    }),
    long: text({
      en: ({ second }) =>
        `Every block adds a branch as large as its input, so the variance doubles: the size is multiplied by about ${second} a block. Without normalization something has to be scaled: the last layer of each of L branches by 1/√L, or by 0 at the start (Fixup, SkipInit, zero gamma).`,
      ko: ({ second }) =>
        `블록마다 입력만큼 큰 값을 더하므로 분산이 두 배가 됩니다. 크기로는 블록마다 약 ${second}배입니다. 정규화가 없다면 무언가를 줄여야 합니다. 블록이 L개라면 각 분기의 마지막 층을 1/√L배로 하거나 처음에 0으로 두세요(Fixup, SkipInit, zero gamma).`,
    }),
  },
  'unstable-fixed-point': {
    short: text({
      en: () =>
        'The signal rests on an unstable fixed point: small deviations grow, and the prediction is a direction only.',
      ko: () => '신호가 불안정한 고정점에 있습니다. 작은 차이가 커지므로 예측은 방향만 알려 줍니다.',
    }),
    long: text({
      en: ({ measured }) =>
        `A small deviation of the variance grows up to ${measured} times on its way. GELU and SiLU with the gain that keeps unit variance are the usual case: a layer that comes out a little small makes the next one smaller still. At their critical points the same happens in deep narrow networks, because these points attract from one side only. Measured values count here, not predicted ones.`,
      ko: ({ measured }) =>
        `분산의 작은 차이가 층을 지나며 최대 ${measured}배까지 커집니다. 단위 분산을 지키는 게인을 쓴 GELU와 SiLU가 대표적입니다. 조금 작게 나온 층 다음에는 더 작은 층이 이어집니다. 임계점에서도 좁고 깊은 신경망은 마찬가지인데, 이 점들은 한쪽에서만 끌어당기기 때문입니다. 여기서는 예측값이 아니라 측정값을 보세요.`,
    }),
  },
} as const;
