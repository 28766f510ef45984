import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;
const alternatives = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

export const startsIssues = {
  'starts.unknown': issue<{ text: string; near: readonly string[]; known: readonly string[] }>('usage', {
    en: ({ text, near, known }) =>
      `start '${text}': unknown. ${near.length > 0 ? `Did you mean ${alternatives(near)}? ` : ''}Known: ${known.join(', ')}.`,
    ko: ({ text, near, known }) =>
      `초기화 '${text}': 이런 이름은 없습니다. ${near.length > 0 ? `혹시 ${alternatives(near)}인가요? ` : ''}쓸 수 있는 이름: ${known.join(', ')}.`,
  }),
  'starts.needs_data': issue<{ start: string }>('usage', {
    en: ({ start }) =>
      `start '${start}': it measures the signal of real examples, so it needs { batch, runtime } in its context. Pass both, or choose a start by rule.`,
    ko: ({ start }) =>
      `초기화 '${start}': 실제 데이터가 지나가는 신호를 재므로 컨텍스트에 { batch, runtime }이 필요합니다. 둘 다 넘기거나 규칙으로 정하는 초기화를 고르세요.`,
  }),
  'starts.batch_shape': issue<{ start: string; expected: readonly number[]; got: readonly number[] }>(
    'usage',
    {
      en: ({ start, expected, got }) =>
        `start '${start}': the batch must have the shape [examples, ${expected.join(', ')}] with at least one example, got ${shape(got)}.`,
      ko: ({ start, expected, got }) =>
        `초기화 '${start}': 배치 모양은 예제가 하나 이상인 [예제 수, ${expected.join(', ')}]여야 하는데 ${shape(got)}입니다.`,
    },
  ),
  'starts.not_finite': issue<{ start: string; parameter: string }>('run', {
    en: ({ start, parameter }) =>
      `start '${start}': ${parameter} would hold values that are not finite numbers. Use a smaller scale.`,
    ko: ({ start, parameter }) =>
      `초기화 '${start}': ${parameter}에 유한하지 않은 값이 들어가게 됩니다. 더 작은 규모를 쓰세요.`,
  }),
  'starts.forward_factor': issue<{ start: string; parameter: string; factor: number }>('usage', {
    en: ({ start, parameter, factor }) =>
      `start '${start}': the layer of ${parameter} would have to multiply x W by ${factor.toPrecision(4)}, and a network's layers do not. Leave out fold=no: the factor then lies in the values.`,
    ko: ({ start, parameter, factor }) =>
      `초기화 '${start}': ${parameter} 층에서 x W에 ${factor.toPrecision(4)}을 곱해야 하는데 네트워크의 층에는 그런 기능이 없습니다. fold=no를 빼면 배율이 값에 들어갑니다.`,
  }),
  'starts.needs_blocks': issue<{ start: string }>('usage', {
    en: ({ start }) =>
      `start '${start}': it is for residual networks, and this one has no residual block. Add :residual to the network, or choose a start for plain networks.`,
    ko: ({ start }) =>
      `초기화 '${start}': 잔차 네트워크용인데 이 네트워크에는 잔차 블록이 없습니다. 네트워크에 :residual을 붙이거나 일반 네트워크용 초기화를 고르세요.`,
  }),
  'starts.needs_plain': issue<{ start: string }>('usage', {
    en: ({ start }) =>
      `start '${start}': it is for plain networks, and this one has residual blocks, whose sums it does not follow. Use autoinit, which does, or a start for residual networks such as fixup.`,
    ko: ({ start }) =>
      `초기화 '${start}': 일반 네트워크용인데 이 네트워크에는 잔차 블록이 있고, 그 합은 계산하지 않습니다. 합까지 따라가는 autoinit이나 fixup 같은 잔차 네트워크용 초기화를 쓰세요.`,
  }),
  'starts.needs_pairs': issue<{ start: string; layer: string; groups: number; activation: string }>('usage', {
    en: ({ start, layer, groups, activation }) =>
      groups > 1
        ? `start '${start}': it pairs all units of a layer, and ${layer} has ${groups} groups. Use orthogonal or delta-orthogonal for grouped convolutions.`
        : `start '${start}': a pair of units, φ(z) - φ(-z), needs a slope at 0, and ${activation} in ${layer} has none. Use another activation, or mean-field.`,
    ko: ({ start, layer, groups, activation }) =>
      groups > 1
        ? `초기화 '${start}': 층의 모든 유닛을 짝짓는데 ${layer} 층은 그룹이 ${groups}개입니다. 그룹 합성곱에는 orthogonal이나 delta-orthogonal을 쓰세요.`
        : `초기화 '${start}': 유닛의 짝 φ(z) - φ(-z)의 기울기가 0에서 있어야 하는데 ${layer} 층의 활성화 함수(${activation})에는 없습니다. 다른 활성화 함수나 mean-field를 쓰세요.`,
  }),
  'starts.needs_learned_scale': issue<{ start: string; block: string }>('usage', {
    en: ({ start, block }) =>
      `start '${start}': every residual block needs a learned factor, and ${block} has none. Write :residual=learned, or { type: 'residual', scale: 'learned' } in a spec; zero-gamma needs no factor.`,
    ko: ({ start, block }) =>
      `초기화 '${start}': 잔차 블록마다 학습되는 배율이 있어야 하는데 ${block}에 없습니다. :residual=learned로 쓰거나 스펙에 { type: 'residual', scale: 'learned' }를 쓰세요. 배율 없이 쓰려면 zero-gamma를 고르세요.`,
  }),
  'starts.dead_layer': issue<{ start: string; layer: string; variance: number }>('run', {
    en: ({ start, layer, variance }) =>
      `start '${start}': the pre-activations of layer ${layer} have a variance of ${variance} on this batch, so no factor brings them to the target. Check that the examples differ from each other and are not all zero, and that the layers before it pass a signal.`,
    ko: ({ start, layer, variance }) =>
      `초기화 '${start}': 이 배치에서 ${layer} 층의 활성화 전 값의 분산이 ${variance}라서 어떤 배율로도 목표에 맞출 수 없습니다. 표본들이 서로 다른지, 모두 0은 아닌지, 앞의 층들이 신호를 통과시키는지 확인하세요.`,
  }),
  'starts.no_gradient': issue<{ start: string; layer: string; gradient: number }>('run', {
    en: ({ start, layer, gradient }) =>
      `start '${start}': a gradient at the output should reach every layer, but that of ${layer} is ${gradient} on this batch. Look for dead or saturated units behind it, or use another start.`,
    ko: ({ start, layer, gradient }) =>
      `초기화 '${start}': 출력의 그래디언트가 모든 층에 닿아야 하는데 이 배치에서 ${layer} 층의 그래디언트가 ${gradient}입니다. 그 뒤의 층에서 죽었거나 포화된 유닛을 찾거나 다른 초기화를 쓰세요.`,
  }),
  'starts.dead_signal': issue<{ start: string; layer: string; variance: number }>('run', {
    en: ({ start, layer, variance }) =>
      `start '${start}': a signal should reach every layer, but the mean square of the values in front of ${layer} is ${variance}. Check the input variance and the activations before it.`,
    ko: ({ start, layer, variance }) =>
      `초기화 '${start}': 모든 층에 신호가 닿아야 하는데 ${layer} 층 앞의 제곱평균이 ${variance}입니다. 입력의 분산과 앞쪽 활성화 함수를 확인하세요.`,
  }),
  'starts.needs_answers': issue<{ start: string }>('usage', {
    en: ({ start }) =>
      `start '${start}': it looks at the loss of real examples, so it needs { answers } beside { batch, runtime } in its context. Pass the classes or wanted outputs of the batch; metainit needs none.`,
    ko: ({ start }) =>
      `초기화 '${start}': 실제 예제의 손실을 보므로 컨텍스트에 { batch, runtime }과 함께 { answers }가 필요합니다. 배치의 정답을 넘기세요. metainit에는 정답이 필요 없습니다.`,
  }),
  'starts.answers': issue<{ start: string; outputs: number; dims: readonly number[] }>('usage', {
    en: ({ start, outputs, dims }) =>
      `start '${start}': the answers must be classes below ${outputs}, int32 [examples], or outputs, float32 [examples, ${outputs}]; got the shape ${shape(dims)}. Check that they belong to this network.`,
    ko: ({ start, outputs, dims }) =>
      `초기화 '${start}': 정답은 ${outputs}보다 작은 클래스 int32 [예제 수] 또는 출력 float32 [예제 수, ${outputs}]여야 합니다. 받은 모양은 ${shape(dims)}입니다. 이 네트워크의 정답인지 확인하세요.`,
  }),
  'starts.no_convergence': issue<{
    start: string;
    layer: string;
    variance: number;
    target: number;
    tolerance: number;
    iterations: number;
  }>('run', {
    en: ({ start, layer, variance, target, tolerance, iterations }) =>
      `start '${start}': after ${iterations} iterations the variance of layer ${layer} is ${variance}, wanted ${target} ± ${tolerance}. Allow more iterations or a larger tolerance.`,
    ko: ({ start, layer, variance, target, tolerance, iterations }) =>
      `초기화 '${start}': ${iterations}번 반복한 뒤 ${layer} 층의 분산이 ${variance}입니다(목표 ${target} ± ${tolerance}). 반복 횟수나 허용 오차를 늘리세요.`,
  }),
} as const;
