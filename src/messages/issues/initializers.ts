import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;
const nearEn = (near: readonly string[]) => (near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '.');
const nearKo = (near: readonly string[]) => (near.length > 0 ? ` 혹시 ${near.join(', ')}?` : '');

export const initializersIssues = {
  'initializers.unknown_rule': issue<{ rule: string; near: readonly string[]; names: readonly string[] }>(
    'usage',
    {
      en: ({ rule, near, names }) =>
        `start: unknown name '${rule}'.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} Known: ${names.join(', ')}.`,
      ko: ({ rule, near, names }) =>
        `시작값: 알 수 없는 이름 '${rule}'입니다.${near.length > 0 ? ` 혹시 ${near.join(', ')}?` : ''} 쓸 수 있는 이름: ${names.join(', ')}.`,
    },
  ),
  'initializers.unknown_parameter': issue<{
    rule: string;
    parameter: string;
    near: readonly string[];
    allowed: readonly string[];
  }>('usage', {
    en: ({ rule, parameter, near, allowed }) =>
      `${rule}: unknown parameter '${parameter}'.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} ${allowed.length > 0 ? `Allowed: ${allowed.join('; ')}.` : 'It takes none.'}`,
    ko: ({ rule, parameter, near, allowed }) =>
      `${rule}: 알 수 없는 매개변수 '${parameter}'입니다.${near.length > 0 ? ` 혹시 ${near.join(', ')}?` : ''} ${allowed.length > 0 ? `쓸 수 있는 것: ${allowed.join('; ')}.` : '매개변수를 받지 않습니다.'}`,
  }),
  'initializers.bad_parameter': issue<{ rule: string; parameter: string; got: string; expected: string }>(
    'usage',
    {
      en: ({ rule, parameter, got, expected }) =>
        `${rule}: ${parameter} must be ${expected}, got ${got}. Mend the value or leave it out.`,
      ko: ({ rule, parameter, got, expected }) =>
        `${rule}: ${parameter} 값의 조건은 ${expected}입니다. 받은 값: ${got}. 값을 고치거나 빼면 기본값을 씁니다.`,
    },
  ),
  'initializers.no_fans': issue<{ dims: readonly number[] }>('usage', {
    en: ({ dims }) =>
      `initializers: cannot derive fans from a weight of shape ${shape(dims)} without a layout; a fan needs at least 2 axes. State the layout, or give fanIn and fanOut; for a bias, use constant.`,
    ko: ({ dims }) =>
      `initializers: 모양 ${shape(dims)}에서는 fan을 구할 수 없습니다. 축이 2개 이상이고 layout이 있어야 합니다. layout 또는 fanIn과 fanOut을 주고, 편향에는 constant를 쓰세요.`,
  }),
  'initializers.bad_layout': issue<{
    dims: readonly number[];
    what: 'axes' | 'groups' | 'strides';
    axes: readonly number[];
    groups: number;
    strides: readonly number[];
  }>('usage', {
    en: ({ dims, what, axes, groups, strides }) => {
      if (what === 'axes') {
        return `initializers: a layout names every axis of the weight once; shape ${shape(dims)} has ${dims.length} axes, the layout names ${shape(axes)}. Use the layout of the layer, for example conv(2).`;
      }
      if (what === 'groups') {
        return `initializers: ${groups} groups do not divide the channels of a weight of shape ${shape(dims)}. Pass a whole number that does.`;
      }
      return `initializers: strides ${shape(strides)} do not fit a weight of shape ${shape(dims)}: one whole number of at least 1 per kernel axis. Mend the layout.`;
    },
    ko: ({ dims, what, axes, groups, strides }) => {
      if (what === 'axes') {
        return `initializers: layout에는 가중치의 모든 축이 한 번씩 나와야 합니다. 모양 ${shape(dims)}의 축은 ${dims.length}개인데 layout의 축은 ${shape(axes)}입니다. conv(2)처럼 층에 맞는 layout을 쓰세요.`;
      }
      if (what === 'groups') {
        return `initializers: 모양 ${shape(dims)}인 가중치의 채널 수는 그룹 수 ${groups}의 배수가 아닙니다. 채널 수의 약수를 쓰세요.`;
      }
      return `initializers: 모양 ${shape(dims)}인 가중치에 strides ${shape(strides)}는 맞지 않습니다. 커널 축마다 1 이상의 정수 하나씩을 주세요.`;
    },
  }),
  'initializers.needs_layout': issue<{ rule: string; name: string; dims: readonly number[] }>('usage', {
    en: ({ rule, name, dims }) =>
      `${rule}: needs a weight with inputs and outputs, got '${name}' of shape ${shape(dims)}. Use it for weights only; a bias can start with constant or normal.`,
    ko: ({ rule, name, dims }) =>
      `${rule}: 입력 축과 출력 축이 있는 가중치에만 쓸 수 있습니다. 받은 것: 모양 ${shape(dims)}인 '${name}'. 편향에는 constant나 normal을 쓰세요.`,
  }),
  'initializers.needs_dense': issue<{ rule: string; name: string; dims: readonly number[]; instead: string }>(
    'usage',
    {
      en: ({ rule, name, dims, instead }) =>
        `${rule}: is for dense weights, got the convolution '${name}' of shape ${shape(dims)}. Use ${instead}.`,
      ko: ({ rule, name, dims, instead }) =>
        `${rule}: 완전연결층 가중치에만 쓸 수 있습니다. 받은 것: 모양 ${shape(dims)}인 합성곱 '${name}'. 대신 ${instead} 규칙을 쓰세요.`,
    },
  ),
  'initializers.unknown_activation': issue<{
    where: string;
    name: string;
    names: readonly string[];
    near: readonly string[];
  }>('usage', {
    en: ({ where, name, names, near }) =>
      `${where}: unknown activation '${name}'${nearEn(near)} Activations: ${names.join(', ')}.`,
    ko: ({ where, name, names, near }) =>
      `${where}: 알 수 없는 활성화 함수 '${name}'입니다.${nearKo(near)} 가능한 값: ${names.join(', ')}.`,
  }),
  'initializers.activation_option': issue<{
    activation: string;
    option: string;
    expected: string;
    got: number;
  }>('usage', {
    en: ({ activation, option, expected, got }) =>
      `activation ${activation}: ${option} must be ${expected}, got ${got}. Leave it out for the default.`,
    ko: ({ activation, option, expected, got }) =>
      `활성화 함수 ${activation}: ${option} 값이 잘못되었습니다(기대: ${expected}, 받은 값: ${got}). 기본값을 쓰려면 생략하세요.`,
  }),
  'initializers.not_finite': issue<{ where: string; z: number; value: number }>('input', {
    en: ({ where, z, value }) =>
      `${where}: the function must be finite on [-12, 12], but gives ${value} at ${z}. Mend it there, or state the gain as a number.`,
    ko: ({ where, z, value }) =>
      `${where}: 함수값은 [-12, 12]에서 유한해야 하는데 ${z}에서 ${value}입니다. 함수를 고치거나 gain을 숫자로 직접 주세요.`,
  }),
  'initializers.quadrature': issue<{ where: string; error: number; tolerance: number }>('run', {
    en: ({ where, error, tolerance }) =>
      `${where}: the mean under the normal distribution should be known to ${tolerance}, but its error stayed at ${error.toPrecision(2)}. State the function's kinks, or allow a larger tolerance.`,
    ko: ({ where, error, tolerance }) =>
      `${where}: 정규분포에서의 평균을 ${tolerance}까지 구하려 했으나 오차가 ${error.toPrecision(2)}에서 줄지 않았습니다. 함수가 꺾이는 점(kinks)을 알려 주거나 허용 오차를 키우세요.`,
  }),
  'initializers.no_gain': issue<{ where: string; moment: number }>('input', {
    en: ({ where, moment }) =>
      `${where}: a gain exists only where the second moment is positive, got ${moment}: this activation passes no signal. Use another activation, or state the gain as a number.`,
    ko: ({ where, moment }) =>
      `${where}: 2차 적률이 양수여야 gain을 정할 수 있는데 ${moment}입니다. 신호를 전달하지 않는 활성화 함수입니다. 다른 함수를 쓰거나 gain을 숫자로 직접 주세요.`,
  }),
  'initializers.no_critical_point': issue<{
    activation: string;
    biasVariance: number;
    low: number;
    high: number;
  }>('input', {
    en: ({ activation, biasVariance, low, high }) =>
      `edge of chaos: ${activation} has no critical point with biases of variance ${biasVariance}; ${high < low ? 'it has none with any' : `its critical line goes from ${low.toPrecision(3)} to ${high.toPrecision(3)}`}. Choose a variance on the line, or another activation.`,
    ko: ({ activation, biasVariance, low, high }) =>
      `혼돈의 가장자리: 편향의 분산이 ${biasVariance}일 때 ${activation} 함수에는 임계점이 없습니다. ${high < low ? '다른 분산에서도 없습니다.' : `임계선의 범위는 ${low.toPrecision(3)}부터 ${high.toPrecision(3)}까지입니다.`} 그 안의 분산이나 다른 활성화 함수를 고르세요.`,
  }),
  'initializers.needs_wide': issue<{
    rule: string;
    name: string;
    dims: readonly number[];
    inputs: number;
    outputs: number;
    instead: string;
  }>('usage', {
    en: ({ rule, name, dims, inputs, outputs, instead }) =>
      `${rule}: needs as many outputs as inputs or more, got '${name}' of shape ${shape(dims)} with ${inputs} inputs and ${outputs} outputs in a group. Use ${instead}.`,
    ko: ({ rule, name, dims, inputs, outputs, instead }) =>
      `${rule}: 그룹마다 출력이 입력보다 적지 않아야 합니다. 받은 것: 모양 ${shape(dims)}인 '${name}', 입력 ${inputs}개, 출력 ${outputs}개. 대신 ${instead} 규칙을 쓰세요.`,
  }),
  'initializers.needs_spectrum': issue<{ name: string; dims: readonly number[] }>('usage', {
    en: ({ name, dims }) =>
      `stft: needs a one-dimensional convolution of one input and two outputs or more, got '${name}' of shape ${shape(dims)}. Use it for a spectrogram layer only.`,
    ko: ({ name, dims }) =>
      `stft: 입력이 하나이고 출력이 둘 이상인 1차원 합성곱에만 쓸 수 있습니다. 받은 것: 모양 ${shape(dims)}인 '${name}'. 스펙트로그램 층에만 쓰세요.`,
  }),
  'initializers.unknown_torch_layer': issue<{ type: string; near: readonly string[] }>('usage', {
    en: ({ type, near }) =>
      `torch: no layer '${type}' of torch.nn is known here${nearEn(near)} Write a layer as { type: 'Linear', inFeatures: 784, outFeatures: 10 }, one without parameters as 'ReLU'.`,
    ko: ({ type, near }) =>
      `torch: 지원하지 않는 torch.nn 층 이름: '${type}'.${nearKo(near)} { type: 'Linear', inFeatures: 784, outFeatures: 10 }처럼 쓰고, 매개변수가 없는 층은 'ReLU'처럼 이름만 쓰세요.`,
  }),
} as const;
