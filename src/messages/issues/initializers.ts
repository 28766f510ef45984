import { issue } from '../define.ts';

const shapeText = (dims: readonly number[]) => `[${dims.join(', ')}]`;
const nearEn = (near: readonly string[]) => (near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '.');
const nearKo = (near: readonly string[]) => (near.length > 0 ? ` 혹시 ${near.join(', ')}?` : '');

export const initializersIssues = {
  'initializers.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `initializers: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `initializers: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
  'initializers.fans_unknown_rank': issue<{ where: string; dims: readonly number[] }>('usage', {
    en: ({ where, dims }) =>
      `${where}: cannot derive fan-in from a weight of shape ${shapeText(dims)}; a fan needs at least 2 axes. Pass the fans themselves, or start biases with a constant.`,
    ko: ({ where, dims }) =>
      `${where}: 모양이 ${shapeText(dims)}인 가중치에서는 fan-in을 구할 수 없습니다. 축이 2개 이상 필요합니다. fan 값을 직접 주거나, 편향은 상수로 시작하세요.`,
  }),
  'initializers.layout_missing': issue<{ where: string; dims: readonly number[] }>('usage', {
    en: ({ where, dims }) =>
      `${where}: a weight of shape ${shapeText(dims)} needs a layout that says which axes are inputs and outputs; none was given. Pass for example denseInOut() or conv({ rank: 2 }).`,
    ko: ({ where, dims }) =>
      `${where}: 모양이 ${shapeText(dims)}인 가중치에는 어느 축이 입력이고 출력인지 알려 주는 배치(layout)가 필요한데 없습니다. denseInOut()이나 conv({ rank: 2 }) 등을 주세요.`,
  }),
  'initializers.layout_mismatch': issue<{ dims: readonly number[]; axes: readonly number[] }>('usage', {
    en: ({ dims, axes }) =>
      `fans: a layout names every axis of its weight once; shape ${shapeText(dims)} has axes 0 to ${dims.length - 1}, the layout names ${shapeText(axes)}. Use the layout of the layer that owns the weight.`,
    ko: ({ dims, axes }) =>
      `fans: 배치(layout)는 가중치의 모든 축을 한 번씩 가리켜야 합니다. 모양 ${shapeText(dims)}의 축은 0~${dims.length - 1}인데 배치는 ${shapeText(axes)}를 가리킵니다. 가중치를 가진 층의 배치를 쓰세요.`,
  }),
  'initializers.layout_groups': issue<{ dims: readonly number[]; axis: number; groups: number }>('usage', {
    en: ({ dims, axis, groups }) =>
      `fans: axis ${axis} of a weight of shape ${shapeText(dims)} must divide into ${groups} groups. Check groups against the layer's channels.`,
    ko: ({ dims, axis, groups }) =>
      `fans: 모양이 ${shapeText(dims)}인 가중치의 ${axis}번 축은 그룹 수 ${groups}로 나누어떨어져야 합니다. 층의 채널 수와 groups를 확인하세요.`,
  }),
  'initializers.layout_option': issue<{ layout: string; option: string; expected: string; got: string }>(
    'usage',
    {
      en: ({ layout, option, expected, got }) =>
        `${layout}: ${option} must be ${expected}, got ${got}. Pass the values of the layer itself.`,
      ko: ({ layout, option, expected, got }) =>
        `${layout}: ${option} 값이 잘못되었습니다(기대: ${expected}, 받은 값: ${got}). 층에 쓴 값을 그대로 주세요.`,
    },
  ),
  'initializers.bad_dims': issue<{ where: string; dims: readonly number[] }>('usage', {
    en: ({ where, dims }) =>
      `${where}: the lengths of a shape are whole numbers of 0 or more, got ${shapeText(dims)}. Check how the shape was computed.`,
    ko: ({ where, dims }) =>
      `${where}: 모양의 각 길이는 0 이상의 정수여야 합니다. 받은 값: ${shapeText(dims)}. 모양 계산을 확인하세요.`,
  }),
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
} as const;
