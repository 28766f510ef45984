/** Findings about inputs, outputs, number formats and the learning rate. */
import { label } from '../define.ts';
import type { FindingDetails } from './doctor-findings-signal.ts';

const text = label<FindingDetails>;

export const trainingFindings = {
  'logits-too-large': {
    short: text({
      en: ({ measured, predicted }) =>
        `The outputs are sure of themselves before anything was learned: ${measured} where a guess gives ${predicted}.`,
      ko: ({ measured, predicted }) =>
        `아무것도 배우지 않았는데 출력이 확신에 차 있습니다. 측정값 ${measured}, 어림짐작이면 ${predicted}입니다.`,
    }),
    long: text({
      en: () =>
        'The first loss should be ln C for C classes. What is above it is confident nonsense, and the first updates are spent on undoing it, with gradients as large as the outputs. Scale the output layer down, or start it at 0.',
      ko: () =>
        '클래스가 C개이면 처음 손실은 ln C여야 합니다. 그보다 큰 만큼은 근거 없는 확신이고, 처음의 갱신은 출력만큼 큰 그래디언트로 그것을 되돌리는 데 쓰입니다. 출력층을 줄이거나 0에서 시작하세요.',
    }),
  },
  'output-unscaled': {
    short: text({
      en: ({ layer, measured, predicted }) =>
        `The output layer ${layer} is not scaled: the first value is ${measured} where ${predicted} is expected.`,
      ko: ({ layer, measured, predicted }) =>
        `출력층 ${layer}의 크기가 조정되지 않았습니다. 첫 값이 ${measured}입니다(기댓값 ${predicted}).`,
    }),
    long: text({
      en: () =>
        'The signal is of the right size up to the last layer, which multiplies it by far more than 1. Weights of standard deviation 1, as torch.randn or a bare random_normal give, are the usual reason: divide by the square root of the number of inputs.',
      ko: () =>
        '마지막 층 앞까지는 신호의 크기가 맞는데 마지막 층에서 훨씬 커집니다. torch.randn이나 random_normal로 만든 표준편차 1인 가중치가 흔한 원인입니다. 입력 수의 제곱근으로 나누세요.',
    }),
  },
  'input-not-standardized': {
    short: text({
      en: ({ measured, second }) =>
        `The input is not standardized: mean ${measured}, standard deviation ${second}.`,
      ko: ({ measured, second }) =>
        `입력이 표준화되지 않았습니다. 평균 ${measured}, 표준편차 ${second}입니다.`,
    }),
    long: text({
      en: () =>
        'Initializers are made for inputs of mean 0 and variance 1. Larger ones scale every layer behind them and its gradient; a mean far from 0 acts like a large bias, and makes all examples alike. Subtract the mean and divide by the standard deviation of the training data.',
      ko: () =>
        '초기화 규칙은 평균 0, 분산 1인 입력을 전제로 합니다. 입력이 크면 뒤따르는 모든 층과 그래디언트도 커지고, 평균이 0에서 멀면 큰 편향처럼 작용해 모든 예제가 비슷해집니다. 학습 데이터의 평균을 빼고 표준편차로 나누세요.',
    }),
  },
  'half-overflow': {
    short: text({
      en: ({ layer, measured }) =>
        `Values up to ${measured} in ${layer} overflow in float16 (largest: 65504).`,
      ko: ({ layer, measured }) =>
        `${layer} 층의 값이 ${measured}에 이르러 float16의 한계(65504)를 넘습니다.`,
    }),
    long: text({
      en: () =>
        'float16 turns what is beyond its range into infinity, and the next subtraction into NaN. bfloat16 has the range of float32. Better than either is to find why the values are so large.',
      ko: () =>
        'float16에서는 범위를 넘는 값이 무한대가 되고 다음 뺄셈에서 NaN이 됩니다. bfloat16은 float32와 범위가 같습니다. 무엇보다 값이 왜 그렇게 큰지 찾는 것이 좋습니다.',
    }),
  },
  'half-underflow': {
    short: text({
      en: ({ layer, measured }) => `Numbers of size ${measured} in ${layer} are 0 in float16.`,
      ko: ({ layer, measured }) => `${layer} 층에서 크기 ${measured}인 수는 float16에서 0이 됩니다.`,
    }),
    long: text({
      en: () =>
        'float16 knows nothing between 0 and 6e-8, and loses digits below 6e-5. Gradients of that size do not move a weight. Scale the loss, or keep gradients in float32.',
      ko: () =>
        'float16은 0과 6e-8 사이를 나타내지 못하고 6e-5보다 작으면 자릿수를 잃습니다. 그만한 그래디언트로는 가중치가 움직이지 않습니다. 손실을 스케일링하거나 그래디언트를 float32로 두세요.',
    }),
  },
  'learning-rate-too-large': {
    short: text({
      en: ({ measured, threshold }) =>
        `The learning rate ${measured} is beyond what the curvature allows at the start, ${threshold}.`,
      ko: ({ measured, threshold }) =>
        `학습률(${measured})이 처음 곡률에서 허용되는 값(${threshold})보다 큽니다.`,
    }),
    long: text({
      en: ({ second }) =>
        `Along the direction of largest curvature λ = ${second}, a step of more than 2 / λ overshoots by more than it corrects, and the loss grows. A little beyond is often survived, because the network is thrown to a flatter place; far beyond it is not. A warm-up helps.`,
      ko: ({ second }) =>
        `곡률이 가장 큰 방향(λ = ${second})에서 2 / λ보다 큰 걸음은 고치는 것보다 더 지나쳐 손실이 커집니다. 조금 넘는 것은 더 평평한 곳으로 옮겨 가며 견디기도 하지만 크게 넘으면 발산합니다. 워밍업이 도움이 됩니다.`,
    }),
  },
  'update-ratio': {
    short: text({
      en: ({ measured, predicted }) =>
        `The first update changes the weights by ${measured} of their size; about ${predicted} is usual.`,
      ko: ({ measured, predicted }) =>
        `첫 갱신에서 가중치가 크기의 ${measured}배만큼 바뀝니다. 보통은 ${predicted}쯤입니다.`,
    }),
    long: text({
      en: () =>
        'An update of the size of the weights forgets the start; one of a millionth needs a million steps to do anything. The rate, or the size of the weights, is off by that factor.',
      ko: () =>
        '가중치만큼 큰 갱신은 초깃값을 지워 버리고, 백만분의 일인 갱신은 백만 번을 해야 무언가 바뀝니다. 학습률이나 가중치의 크기가 그만큼 맞지 않습니다.',
    }),
  },
} as const;
