import { label, type Text } from '../define.ts';
import { moreRuleLabels } from './starts-rules.ts';

/** What each start does, in one sentence, by its name. */
export const startLabels: Readonly<Record<string, Text<Record<string, never>>>> = {
  ...moreRuleLabels,
  zeros: label({
    en: () => 'All weights 0: nothing is learned but the frequency of the classes.',
    ko: () => '모든 가중치가 0. 클래스의 빈도 말고는 아무것도 배우지 못합니다.',
  }),
  ones: label({
    en: () => 'All weights 1: all units of a layer stay the same.',
    ko: () => '모든 가중치가 1. 한 층의 유닛이 끝까지 모두 똑같습니다.',
  }),
  constant: label({
    en: () => 'All weights the same number: all units of a layer stay the same.',
    ko: () => '모든 가중치가 같은 수. 한 층의 유닛이 끝까지 모두 똑같습니다.',
  }),
  uniform: label({
    en: () => 'Uniform between two numbers, whatever the size of the layer.',
    ko: () => '층의 크기와 상관없이 두 수 사이의 균등분포.',
  }),
  normal: label({
    en: () => 'Normal with a fixed standard deviation, whatever the size of the layer.',
    ko: () => '층의 크기와 상관없이 표준편차가 일정한 정규분포.',
  }),
  'truncated-normal': label({
    en: () => 'Normal, with values far from the mean drawn again.',
    ko: () => '정규분포에서 평균에서 먼 값은 다시 뽑습니다.',
  }),
  'variance-scaling': label({
    en: () => 'Variance divided by the fan: the general form of LeCun, Glorot and He.',
    ko: () => '분산을 fan으로 나눕니다. LeCun, Glorot, He의 일반형입니다.',
  }),
  'lecun-normal': label({
    en: () => 'Keeps the variance of the signal through a linear or SELU layer; normal.',
    ko: () => '선형 층이나 SELU 층에서 신호의 분산을 지킵니다. 정규분포.',
  }),
  'lecun-uniform': label({
    en: () => 'Keeps the variance of the signal through a linear or SELU layer; uniform.',
    ko: () => '선형 층이나 SELU 층에서 신호의 분산을 지킵니다. 균등분포.',
  }),
  'glorot-normal': label({
    en: () => 'Xavier: between keeping the signal forward and the gradient backward; normal.',
    ko: () => 'Xavier. 앞으로 가는 신호와 뒤로 가는 그래디언트 사이의 절충. 정규분포.',
  }),
  'glorot-uniform': label({
    en: () =>
      "Xavier: between keeping the signal forward and the gradient backward; uniform (lab 10-3, Keras' default).",
    ko: () =>
      'Xavier. 앞으로 가는 신호와 뒤로 가는 그래디언트 사이의 절충. 균등분포(lab 10-3, Keras 기본값).',
  }),
  'he-normal': label({
    en: () => 'Keeps the signal through ReLU layers; normal.',
    ko: () => 'ReLU 층을 지나도 신호의 크기를 지킵니다. 정규분포.',
  }),
  'he-uniform': label({
    en: () => 'Keeps the signal through ReLU layers; uniform.',
    ko: () => 'ReLU 층을 지나도 신호의 크기를 지킵니다. 균등분포.',
  }),
  orthogonal: label({
    en: () => 'A random rotation: keeps all lengths and angles of a linear layer.',
    ko: () => '무작위 회전. 선형 층에서 모든 길이와 각도를 지킵니다.',
  }),
  identity: label({
    en: () => 'Passes the inputs of a dense layer through; not random.',
    ko: () => '완전연결 층의 입력을 그대로 통과시킵니다. 난수를 쓰지 않습니다.',
  }),
  dirac: label({
    en: () => 'Passes the channels of a convolution through; not random.',
    ko: () => '합성곱 층의 채널을 그대로 통과시킵니다. 난수를 쓰지 않습니다.',
  }),
  sparse: label({
    en: () => 'A few inputs for every unit, the rest 0.',
    ko: () => '유닛마다 입력 몇 개만 연결하고 나머지는 0.',
  }),
  'torch-sparse': label({
    en: () => "PyTorch's sparse_: small normal weights, most outputs of every input set to 0.",
    ko: () => 'PyTorch의 sparse_. 작은 정규분포 가중치에서 입력마다 대부분의 출력을 0으로 만듭니다.',
  }),
  'lecture-normal': label({
    en: () => 'Lab 10-2 of the lecture: everything N(0, 1), biases too.',
    ko: () => '강의 lab 10-2: 가중치와 편향 모두 N(0, 1).',
  }),
  'lecture-xavier': label({
    en: () => "The lecture's Xavier, number for number with --stream numpy-legacy.",
    ko: () => '강의의 Xavier. --stream numpy-legacy를 쓰면 숫자까지 똑같습니다.',
  }),
  'lecture-he': label({
    en: () => "The lecture's He, number for number with --stream numpy-legacy.",
    ko: () => '강의의 He. --stream numpy-legacy를 쓰면 숫자까지 똑같습니다.',
  }),
  'xavier-init': label({
    en: () => "The lecture's xavier_init(n_inputs, n_outputs, uniform) for TensorFlow.",
    ko: () => '강의의 TensorFlow용 xavier_init(n_inputs, n_outputs, uniform).',
  }),
  'pytorch-default': label({
    en: () => 'What PyTorch gives Linear and Conv layers, biases too; small for ReLU.',
    ko: () => 'PyTorch가 Linear, Conv 층에 주는 기본값. 편향도 같습니다. ReLU에는 작은 편입니다.',
  }),
  'keras-default': label({
    en: () => 'What Keras gives Dense and Conv layers.',
    ko: () => 'Keras가 Dense, Conv 층에 주는 기본값.',
  }),
  dbn: label({
    en: () => 'Learns the inputs without labels first: a stack of RBMs gives the hidden layers.',
    ko: () => '먼저 레이블 없이 입력을 배웁니다. 쌓아 올린 RBM이 은닉층이 됩니다.',
  }),
  lsuv: label({
    en: () => 'By data: orthogonal, then layer by layer scaled until a batch gives variance 1.',
    ko: () => '데이터로: 직교 초기화 뒤에, 배치를 통과시켜 분산이 1이 되도록 층마다 크기를 맞춥니다.',
  }),
  'looks-linear': label({
    en: () =>
      'Units in pairs of opposite sign, orthogonal weights: the whole network starts linear, with ReLU too.',
    ko: () => '부호가 반대인 유닛의 짝과 직교 가중치. ReLU를 써도 네트워크 전체가 선형으로 시작합니다.',
  }),
  fixup: label({
    en: () =>
      'Residual networks without normalization: blocks start as the identity and update in proportion.',
    ko: () => '정규화 없는 잔차 네트워크용. 블록이 항등으로 시작하고 고르게 갱신됩니다.',
  }),
  skipinit: label({
    en: () => 'A learned factor on every residual branch starts at 0.',
    ko: () => '잔차 가지마다 학습되는 배율이 0에서 시작합니다.',
  }),
  'zero-gamma': label({
    en: () => 'The last normalization of every residual branch starts at scale 0.',
    ko: () => '잔차 가지의 마지막 정규화가 배율 0에서 시작합니다.',
  }),
  idinit: label({
    en: () => 'Identity everywhere, and almost 0 at the end of residual branches; not random.',
    ko: () => '모든 층이 항등이고 잔차 가지의 끝은 거의 0. 난수를 쓰지 않습니다.',
  }),
  krahenbuhl: label({
    en: () =>
      'By data: every unit has the same mean and variance on a batch, every layer the same speed of learning.',
    ko: () => '데이터로: 배치에서 모든 유닛의 평균과 분산이 같고 모든 층의 학습 속도가 같습니다.',
  }),
  'weight-norm': label({
    en: () => 'By data: every unit has mean 0 and variance 1 on a batch.',
    ko: () => '데이터로: 배치에서 모든 유닛의 평균이 0, 분산이 1입니다.',
  }),
  autoinit: label({
    en: () => 'By calculation: the variance of the signal is followed through every layer, and kept at 1.',
    ko: () => '계산으로: 신호의 분산을 모든 층에 걸쳐 추적하며 1로 지킵니다.',
  }),
  metainit: label({
    en: () => 'Learned without data: norms of the weights at which the gradient changes little along itself.',
    ko: () => '데이터 없이 학습: 그래디언트가 제 방향으로 거의 변하지 않게 되는 가중치의 크기.',
  }),
  gradinit: label({
    en: () => 'Learned: scales of the weights at which one step of gradient descent lowers the loss most.',
    ko: () => '학습: 경사하강 한 걸음에 손실이 가장 많이 줄어드는 가중치의 배율.',
  }),
  'mean-field': label({
    en: () => 'Every layer at the critical point of its own activation, the first one included.',
    ko: () => '첫 층을 포함한 모든 층을 각 활성화 함수의 임계점에 둡니다.',
  }),
};
