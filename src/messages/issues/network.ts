import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;
const alternatives = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

export const networkIssues = {
  'network.invalid_spec': issue<{ where: string; expected: string; got: string }>('input', {
    en: ({ where, expected, got }) =>
      `network spec, ${where}: expected ${expected}, got ${got}. Correct this entry of the JSON.`,
    ko: ({ where, expected, got }) =>
      `신경망 명세의 ${where}: 필요한 값은 ${expected}, 받은 값은 ${got}입니다. JSON에서 이 항목을 고치세요.`,
  }),
  'network.unknown_key': issue<{
    where: string;
    key: string;
    near: readonly string[];
    known: readonly string[];
  }>('input', {
    en: ({ where, key, near, known }) =>
      `network spec, ${where}: there is no option '${key}' here. ${
        near.length > 0 ? `Did you mean ${alternatives(near)}?` : `Options: ${known.join(', ')}.`
      }`,
    ko: ({ where, key, near, known }) =>
      `신경망 명세의 ${where}: 여기에는 '${key}' 옵션이 없습니다. ${
        near.length > 0 ? `혹시 ${alternatives(near)}인가요?` : `쓸 수 있는 옵션: ${known.join(', ')}.`
      }`,
  }),
  'network.unknown_layer': issue<{
    where: string;
    type: string;
    near: readonly string[];
    known: readonly string[];
  }>('input', {
    en: ({ where, type, near, known }) =>
      `network spec, ${where}: unknown layer type '${type}'. ${
        near.length > 0 ? `Did you mean ${alternatives(near)}? ` : ''
      }Known: ${known.join(', ')}.`,
    ko: ({ where, type, near, known }) =>
      `신경망 명세의 ${where}: '${type}' 층은 없습니다. ${
        near.length > 0 ? `혹시 ${alternatives(near)}인가요? ` : ''
      }쓸 수 있는 층: ${known.join(', ')}.`,
  }),
  'network.unknown_activation': issue<{
    where: string;
    activation: string;
    near: readonly string[];
    known: readonly string[];
  }>('usage', {
    en: ({ where, activation, near, known }) =>
      `${where}: unknown activation '${activation}'. ${
        near.length > 0 ? `Did you mean ${alternatives(near)}? ` : ''
      }Known: ${known.join(', ')}.`,
    ko: ({ where, activation, near, known }) =>
      `${where}: '${activation}' 활성화 함수는 없습니다. ${
        near.length > 0 ? `혹시 ${alternatives(near)}인가요? ` : ''
      }쓸 수 있는 함수: ${known.join(', ')}.`,
  }),
  'network.duplicate_name': issue<{ name: string; where: string }>('input', {
    en: ({ name, where }) =>
      `network spec, ${where}: the name '${name}' is already taken by another layer. Give each layer a name of its own, or none.`,
    ko: ({ name, where }) =>
      `신경망 명세의 ${where}: '${name}' 이름을 다른 층이 이미 쓰고 있습니다. 층마다 다른 이름을 주거나 이름을 빼세요.`,
  }),
  'network.needs_image': issue<{ layer: string; where: string; got: readonly number[] }>('input', {
    en: ({ layer, where, got }) =>
      `layer ${layer} (${where}): expected an input of shape [channels, height, width], got ${shape(got)}. Put it before any dense or flatten layer, or give the network an image as input, e.g. [1, 28, 28].`,
    ko: ({ layer, where, got }) =>
      `${layer} 층(${where}): 입력 모양이 [채널, 높이, 너비]여야 하는데 ${shape(got)}입니다. dense나 flatten보다 앞에 두거나, 신경망의 입력을 [1, 28, 28] 같은 이미지로 바꾸세요.`,
  }),
  'network.window_too_large': issue<{
    layer: string;
    where: string;
    window: readonly number[];
    got: readonly number[];
  }>('input', {
    en: ({ layer, where, window, got }) =>
      `layer ${layer} (${where}): a window of ${window.join('x')} pixels does not fit into an input of shape ${shape(got)} with this padding. Use a smaller window, more padding, or fewer poolings before it.`,
    ko: ({ layer, where, window, got }) =>
      `${layer} 층(${where}): ${window.join('x')} 크기의 창이 지금의 패딩으로는 ${shape(got)} 모양의 입력에 들어가지 않습니다. 창을 줄이거나, 패딩을 늘리거나, 앞의 풀링을 줄이세요.`,
  }),
  'network.groups': issue<{ layer: string; where: string; what: string; channels: number; groups: number }>(
    'input',
    {
      en: ({ layer, where, what, channels, groups }) =>
        `layer ${layer} (${where}): ${channels} ${what} cannot be divided into ${groups} equal groups. Choose a number of groups that divides ${channels}.`,
      ko: ({ layer, where, what, channels, groups }) =>
        `${layer} 층(${where}): ${channels}개의 ${
          what === 'input channels' ? '입력 채널' : what === 'output channels' ? '출력 채널' : '채널'
        }을 ${groups}개의 같은 그룹으로 나눌 수 없습니다. ${channels}의 약수를 그룹 수로 고르세요.`,
    },
  ),
  'network.residual_shape': issue<{
    layer: string;
    where: string;
    input: readonly number[];
    inner: readonly number[];
  }>('input', {
    en: ({ layer, where, input, inner }) =>
      `layer ${layer} (${where}): its inner layers turn ${shape(input)} into ${shape(inner)}, and no 1x1 convolution or dense map leads from one to the other. Keep the number of axes, and shrink height and width by one whole stride.`,
    ko: ({ layer, where, input, inner }) =>
      `${layer} 층(${where}): 안쪽 층들이 ${shape(input)}에서 ${shape(inner)}로 모양을 바꾸는데, 이 둘을 잇는 1x1 합성곱이나 dense 사상이 없습니다. 축의 수를 그대로 두고, 높이와 너비는 같은 정수 배율로 줄이세요.`,
  }),
  'network.batch': issue<{ batch: number }>('usage', {
    en: ({ batch }) => `network.build: the batch size must be a whole number of at least 1, got ${batch}.`,
    ko: ({ batch }) => `network.build: 배치 크기는 1 이상의 정수여야 하는데 ${batch}입니다.`,
  }),
  'network.shorthand_syntax': issue<{ text: string; part: string; expected: string }>('usage', {
    en: ({ text, part, expected }) =>
      `network '${text}': expected ${expected}, got '${part}'. Examples: 784-256-256-10:relu, 256-256:tanh:dropout=0.3, 28x28-c32-p-c64-p-10:relu.`,
    ko: ({ text, part, expected }) =>
      `신경망 '${text}': 필요한 것은 ${expected}, 받은 것은 '${part}'입니다. 예: 784-256-256-10:relu, 256-256:tanh:dropout=0.3, 28x28-c32-p-c64-p-10:relu.`,
  }),
  'network.shorthand_input': issue<{ text: string; expected: readonly number[]; got: readonly number[] }>(
    'usage',
    {
      en: ({ text, expected, got }) =>
        `network '${text}': it begins with an input of ${got.join('x')}, but the data has examples of shape ${shape(expected)}. Begin with ${expected.join('x')}, or leave the input out.`,
      ko: ({ text, expected, got }) =>
        `신경망 '${text}': 입력 크기가 ${got.join('x')}로 시작하지만 데이터의 표본 모양은 ${shape(expected)}입니다. ${expected.join('x')}로 시작하거나 입력을 생략하세요.`,
    },
  ),
  'network.shorthand_option': issue<{
    text: string;
    option: string;
    near: readonly string[];
    known: readonly string[];
  }>('usage', {
    en: ({ text, option, near, known }) =>
      `network '${text}': unknown option or activation '${option}'. ${
        near.length > 0 ? `Did you mean ${alternatives(near)}? ` : ''
      }Known: ${known.join(', ')}.`,
    ko: ({ text, option, near, known }) =>
      `신경망 '${text}': '${option}' 옵션이나 활성화 함수는 없습니다. ${
        near.length > 0 ? `혹시 ${alternatives(near)}인가요? ` : ''
      }쓸 수 있는 것: ${known.join(', ')}.`,
  }),
} as const;
