/** Findings about the weights and biases themselves. */
import { label } from '../define.ts';
import type { FindingDetails } from './doctor-findings-signal.ts';

const text = label<FindingDetails>;

export const weightFindings = {
  'zero-symmetry': {
    short: text({
      en: ({ layer }) => `All weights are 0 (${layer}): nothing passes, and nothing comes back.`,
      ko: ({ layer }) => `가중치가 모두 0입니다(${layer}). 아무것도 지나가지 못하고 돌아오지도 못합니다.`,
    }),
    long: text({
      en: ({ layer }) =>
        `${layer} multiplies everything by 0. The layers behind see only biases, those before get no gradient, and all units within get equal gradients for ever. Zeros are right for biases, for the output layer at most, and for the last layer of a residual branch; other weights must be random, so that units differ.`,
      ko: ({ layer }) =>
        `${layer} 층은 모든 것에 0을 곱합니다. 뒤쪽 층은 편향만 보고, 앞쪽 층은 그래디언트를 받지 못하며, 층 안의 유닛은 끝까지 같은 그래디언트를 받습니다. 0은 편향과 출력층, 잔차 분기의 마지막 층에만 쓸 수 있습니다. 나머지 가중치는 유닛이 서로 다르도록 무작위여야 합니다.`,
    }),
  },
  'constant-symmetry': {
    short: text({
      en: ({ layer, measured }) => `All ${measured} units of ${layer} are equal, and will stay so.`,
      ko: ({ layer, measured }) => `${layer} 층의 유닛 ${measured}개가 모두 같고 끝까지 같습니다.`,
    }),
    long: text({
      en: () =>
        'Units with the same incoming and the same outgoing weights compute the same, get the same gradient and so learn the same: the layer is as good as one unit wide, however long it is trained. Random weights break the symmetry; any constant keeps it.',
      ko: () =>
        '들어오는 가중치와 나가는 가중치가 모두 같은 유닛은 같은 값을 계산하고 같은 그래디언트를 받아 같은 것을 배웁니다. 아무리 오래 학습해도 유닛이 하나뿐인 층과 다름없습니다. 무작위 가중치는 이 대칭을 깨지만 상수는 깨지 못합니다.',
    }),
  },
  'shared-seed': {
    short: text({
      en: ({ layer, measured }) =>
        `${measured} layers have the same weights (${layer}): they were drawn from one seed.`,
      ko: ({ layer, measured }) =>
        `층 ${measured}개의 가중치가 똑같습니다(${layer}). 한 시드에서 뽑았습니다.`,
    }),
    long: text({
      en: () =>
        'An initializer object that is used for several layers, or a seed that is set again before each, gives every layer of one shape the same numbers. The product of equal matrices grows and shrinks along their eigenvectors faster than that of independent ones, and theory no longer holds. Draw each layer from a seed of its own.',
      ko: () =>
        '초기화 객체 하나를 여러 층에 쓰거나 층마다 시드를 다시 정하면 모양이 같은 층은 모두 같은 수를 갖습니다. 같은 행렬의 곱은 서로 독립인 행렬의 곱보다 고유벡터 방향으로 빨리 커지고 작아지므로 이론도 맞지 않습니다. 층마다 다른 시드에서 뽑으세요.',
    }),
  },
  'wrong-truncation': {
    short: text({
      en: ({ layer, measured }) =>
        `The truncation of the normal distribution does not fit its standard deviation (${layer}: ${measured}).`,
      ko: ({ layer, measured }) => `정규 분포를 자른 범위가 표준편차와 맞지 않습니다(${layer}: ${measured}).`,
    }),
    long: text({
      en: () =>
        "A normal distribution that is cut at two standard deviations has only 0.8796 of its standard deviation left: 12 % of the gain is lost in every layer unless the scale makes up for it, as Keras and JAX do in variance scaling but not in a plain truncated normal. PyTorch's trunc_normal_ takes absolute bounds, -2 and 2 by default: with a small std it cuts nothing.",
      ko: () =>
        '정규 분포를 표준편차의 두 배에서 자르면 표준편차가 0.8796배로 줄어듭니다. 보정하지 않으면 층마다 게인의 12 %를 잃습니다. Keras와 JAX는 분산 스케일링에서는 보정하지만 단순한 절단 정규 분포에서는 하지 않습니다. PyTorch의 trunc_normal_은 경계를 절댓값(기본값 -2, 2)으로 받으므로 std가 작으면 아무것도 자르지 않습니다.',
    }),
  },
  'fan-swapped': {
    short: text({
      en: ({ layer, second }) =>
        `Inputs and outputs were mixed up (${layer}): fan_out · Var(w) is ${second}, a usual number; fan_in · Var(w) is not.`,
      ko: ({ layer, second }) =>
        `입력과 출력이 뒤바뀌었습니다(${layer}). fan_out · Var(w)는 ${second}로 흔한 값이지만 fan_in · Var(w)는 아닙니다.`,
    }),
    long: text({
      en: ({ measured }) =>
        `PyTorch keeps a weight as [out, in], Keras and JAX as [in, out]; an initializer that guesses wrongly takes the number of outputs for the number of inputs. Here fan_in · Var(w) is ${measured}. Where a layer widens, its signal comes out too small, and where it narrows, too large. If mode = fan_out was meant, it is no mistake: then the gradient is kept, not the signal.`,
      ko: ({ measured }) =>
        `PyTorch는 가중치를 [출력, 입력]으로, Keras와 JAX는 [입력, 출력]으로 저장합니다. 배치를 잘못 짐작하면 출력 수를 입력 수로 씁니다. 여기서 fan_in · Var(w)는 ${measured}입니다. 넓어지는 층에서는 신호가 너무 작고 좁아지는 층에서는 너무 큽니다. mode = fan_out을 뜻한 것이라면 잘못이 아닙니다. 그때는 신호 대신 그래디언트가 지켜집니다.`,
    }),
  },
  'fan-groups': {
    short: text({
      en: ({ layer }) =>
        `The groups of the convolution were left out of its fan (${layer}): the weights are too small.`,
      ko: ({ layer }) => `합성곱의 그룹이 fan에 반영되지 않았습니다(${layer}). 가중치가 너무 작습니다.`,
    }),
    long: text({
      en: ({ measured }) =>
        `An output of a grouped or depthwise convolution sees only the channels of its group. Dividing by all channels makes the weights too small by the square root of the number of groups: fan_in · Var(w) is ${measured}.`,
      ko: ({ measured }) =>
        `그룹 합성곱이나 깊이별(depthwise) 합성곱의 출력은 자기 그룹의 채널만 봅니다. 전체 채널 수로 나누면 가중치가 그룹 수의 제곱근만큼 작아집니다. fan_in · Var(w)는 ${measured}입니다.`,
    }),
  },
  'fan-transposed': {
    short: text({
      en: ({ layer }) => `The fan of a transposed convolution was taken as that of a plain one (${layer}).`,
      ko: ({ layer }) => `전치 합성곱의 fan을 일반 합성곱처럼 계산했습니다(${layer}).`,
    }),
    long: text({
      en: ({ measured }) =>
        `A transposed convolution keeps its weight as [in, out, kernel], and with stride s each output sees only kernel / s of the taps per axis. PyTorch's initializers read the wrong axis: fan_in · Var(w) is ${measured}.`,
      ko: ({ measured }) =>
        `전치 합성곱은 가중치를 [입력, 출력, 커널]로 저장하고, 스트라이드가 s이면 출력 하나는 축마다 커널 / s개의 탭만 봅니다. PyTorch의 초기화 함수는 다른 축을 읽습니다. fan_in · Var(w)는 ${measured}입니다.`,
    }),
  },
  'bias-too-large': {
    short: text({
      en: ({ layer, second }) =>
        `Biases drown the signal in ${layer}: they make up ${second} of its mean square.`,
      ko: ({ layer, second }) => `${layer} 층에서 편향이 신호를 덮습니다. 제곱평균의 ${second}를 차지합니다.`,
    }),
    long: text({
      en: ({ measured }) =>
        `Biases of size ${measured} are the same for every input, so the larger they are beside x W, the more alike different inputs become. Start biases at 0, or at the small variance that criticality asks for.`,
      ko: ({ measured }) =>
        `크기 ${measured}인 편향은 모든 입력에 같으므로 x W에 비해 클수록 서로 다른 입력이 비슷해집니다. 편향은 0이나 임계점에 필요한 작은 분산에서 시작하세요.`,
    }),
  },
  'normalization-after-zero': {
    short: text({
      en: ({ layer, measured }) =>
        `A normalization follows a signal that is not there (${layer}: standard deviation ${measured}).`,
      ko: ({ layer, measured }) => `정규화 층 앞에 신호가 없습니다(${layer}: 표준편차 ${measured}).`,
    }),
    long: text({
      en: () =>
        'Normalizing divides by sqrt(variance + 1e-5). Where the variance is smaller than that, the signal stays small, and its gradient is multiplied by up to 300: the layer is dead at first and jumps later. Give the layer before it weights of the usual size.',
      ko: () =>
        '정규화는 sqrt(분산 + 1e-5)로 나눕니다. 분산이 그보다 작으면 신호는 작은 채로 남고 그래디언트는 최대 300배까지 커집니다. 처음에는 죽어 있다가 나중에 튑니다. 앞 층에 보통 크기의 가중치를 주세요.',
    }),
  },
  'not-finite': {
    short: text({
      en: ({ layer, measured }) => `Not a number: ${measured} values that are NaN or infinite (${layer}).`,
      ko: ({ layer, measured }) => `NaN이나 무한대가 ${measured}개 있습니다(${layer}).`,
    }),
    long: text({
      en: () =>
        'One NaN makes every output NaN, and the first update makes every weight NaN. Look at how the file was written: a training that diverged before it was saved, memory that was never set, or a division by 0 in the initializer or the data.',
      ko: () =>
        'NaN이 하나만 있어도 모든 출력이 NaN이 되고, 첫 갱신에서 모든 가중치가 NaN이 됩니다. 파일이 어떻게 만들어졌는지 살펴보세요. 저장하기 전에 발산한 학습, 값을 넣지 않은 메모리, 초기화나 데이터에서 0으로 나눈 곳이 흔한 원인입니다.',
    }),
  },
  trained: {
    short: text({
      en: ({ measured }) =>
        `These weights look trained (probability ${measured}): they are left as they are.`,
      ko: ({ measured }) => `학습된 가중치로 보입니다(확률 ${measured}). 그대로 둡니다.`,
    }),
    long: text({
      en: () =>
        'The distribution of the weights fits no initializer: training leaves heavy tails, unequal layers and biases that moved. What is said of first weights does not hold for them, so only what harms a trained network as well is reported.',
      ko: () =>
        '가중치의 분포가 어떤 초기화와도 맞지 않습니다. 학습하면 꼬리가 두꺼워지고 층마다 달라지며 편향이 움직입니다. 초기 가중치에 대한 판단은 맞지 않으므로 학습된 네트워크에도 해로운 것만 알립니다.',
    }),
  },
} as const;
