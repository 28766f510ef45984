import { issue } from '../define.ts';

/** The node that an issue is about. */
export interface Where {
  node: string;
  operator: string;
}

const en = ({ node, operator }: Where) => (operator === '' ? 'broadcast' : `node "${node}" (${operator})`);
const ko = ({ node, operator }: Where) => (operator === '' ? '브로드캐스트' : `노드 "${node}" (${operator})`);
const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;

export const onnxIssues = {
  'onnx.unknown_value': issue<{ value: string; graph: string }>('input', {
    en: ({ value, graph }) =>
      `graph ${graph}: no value is called "${value}". Add the node that makes it first.`,
    ko: ({ value, graph }) =>
      `그래프 ${graph}: 이름이 "${value}"인 값이 없습니다. 그 값을 만드는 노드를 먼저 추가하세요.`,
  }),
  'onnx.duplicate_value': issue<{ value: string; graph: string }>('input', {
    en: ({ value, graph }) =>
      `graph ${graph}: the value "${value}" exists already; every value is written once. Choose another name.`,
    ko: ({ value, graph }) =>
      `그래프 ${graph}: 이름이 "${value}"인 값이 이미 있습니다. 값은 한 번만 정의할 수 있으니 다른 이름을 쓰세요.`,
  }),
  'onnx.unknown_operator': issue<{ node: string; operator: string; domain: string }>('input', {
    en: ({ node, operator, domain }) =>
      `node "${node}": the operator ${operator}${domain === '' ? '' : ` of domain ${domain}`} is not supported. Rewrite the model with supported operators.`,
    ko: ({ node, operator, domain }) =>
      `노드 "${node}": 지원하지 않는 연산자입니다: ${operator}${domain === '' ? '' : ` (도메인 ${domain})`}. 지원하는 연산자로 모델을 바꾸세요.`,
  }),
  'onnx.missing_input': issue<Where & { index: number }>('input', {
    en: (d) => `${en(d)}: input ${d.index} is required but absent.`,
    ko: (d) => `${ko(d)}: 필수 입력 ${d.index}번이 없습니다.`,
  }),
  'onnx.too_many_inputs': issue<Where & { most: number; got: number }>('input', {
    en: (d) => `${en(d)}: expected at most ${d.most} inputs, got ${d.got}.`,
    ko: (d) => `${ko(d)}: 입력은 최대 ${d.most}개인데 ${d.got}개를 받았습니다.`,
  }),
  'onnx.too_many_outputs': issue<Where & { most: number; got: number }>('input', {
    en: (d) => `${en(d)}: expected at most ${d.most} outputs, got ${d.got}.`,
    ko: (d) => `${ko(d)}: 출력은 최대 ${d.most}개인데 ${d.got}개가 지정되었습니다.`,
  }),
  'onnx.bad_element_type': issue<Where & { index: number; expected: readonly string[]; got: string }>(
    'usage',
    {
      en: (d) =>
        `${en(d)}: input ${d.index} must be ${d.expected.join(', ')}, got ${d.got}. Insert a Cast if that is meant.`,
      ko: (d) =>
        `${ko(d)}: 입력 ${d.index}번의 자료형은 ${d.expected.join(', ')} 중 하나여야 하는데 ${d.got}입니다. 의도한 것이라면 Cast를 넣으세요.`,
    },
  ),
  'onnx.mixed_element_types': issue<Where & { index: number; expected: string; got: string }>('input', {
    en: (d) =>
      `${en(d)}: input ${d.index} must be ${d.expected} like the others, got ${d.got}. ONNX does not convert by itself: insert a Cast.`,
    ko: (d) =>
      `${ko(d)}: 입력 ${d.index}번은 다른 입력과 같은 ${d.expected}여야 하는데 ${d.got}입니다. ONNX는 자동으로 형 변환을 하지 않으니 Cast를 넣으세요.`,
  }),
  'onnx.bad_rank': issue<Where & { index: number; expected: string; got: readonly number[] }>('input', {
    en: (d) =>
      `${en(d)}: input ${d.index} must have ${d.expected} axes, got shape ${shape(d.got)} (${d.got.length} axes).`,
    ko: (d) =>
      `${ko(d)}: 입력 ${d.index}번의 축 개수는 ${d.expected}이어야 하는데 모양이 ${shape(d.got)} (축 ${d.got.length}개)입니다.`,
  }),
  'onnx.shape_mismatch': issue<Where & { index: number; expected: string; got: readonly number[] }>('input', {
    en: (d) => `${en(d)}: input ${d.index} must have shape ${d.expected}, got ${shape(d.got)}.`,
    ko: (d) => `${ko(d)}: 입력 ${d.index}번의 모양은 ${d.expected} 이어야 하는데 ${shape(d.got)}입니다.`,
  }),
  'onnx.inner_sizes': issue<
    Where & { a: readonly number[]; b: readonly number[]; left: number; right: number }
  >('input', {
    en: (d) =>
      `${en(d)}: inner sizes must be equal, got ${d.left} and ${d.right} (shapes ${shape(d.a)} and ${shape(d.b)}).`,
    ko: (d) =>
      `${ko(d)}: 안쪽 크기가 같아야 하는데 ${d.left}, ${d.right}입니다 (모양 ${shape(d.a)}, ${shape(d.b)}).`,
  }),
  'onnx.not_broadcastable': issue<Where & { a: readonly number[]; b: readonly number[] }>('input', {
    en: (d) =>
      `${en(d)}: the shapes ${shape(d.a)} and ${shape(d.b)} do not broadcast: from the last axis, lengths must be equal or 1.`,
    ko: (d) =>
      `${ko(d)}: 모양 ${shape(d.a)}, ${shape(d.b)} 사이에는 브로드캐스트가 되지 않습니다. 마지막 축부터 길이가 같거나 1이어야 합니다.`,
  }),
  'onnx.bad_axis': issue<Where & { axis: number; rank: number }>('input', {
    en: (d) => `${en(d)}: axis must be in ${-d.rank}..${d.rank - 1}, got ${d.axis}.`,
    ko: (d) => `${ko(d)}: 축 번호는 ${-d.rank}..${d.rank - 1} 범위여야 하는데 ${d.axis}입니다.`,
  }),
  'onnx.repeated_axis': issue<Where & { axes: readonly number[] }>('input', {
    en: (d) => `${en(d)}: each axis may be named once, got ${shape(d.axes)}.`,
    ko: (d) => `${ko(d)}: 같은 축을 두 번 지정할 수 없는데 ${shape(d.axes)}입니다.`,
  }),
  'onnx.empty_axis': issue<Where & { axis: number; dims: readonly number[] }>('input', {
    en: (d) => `${en(d)}: axis ${d.axis} of ${shape(d.dims)} is empty; there is nothing to choose from.`,
    ko: (d) => `${ko(d)}: ${shape(d.dims)}의 ${d.axis}번 축이 비어 있어 고를 값이 없습니다.`,
  }),
  'onnx.missing_attribute': issue<Where & { attribute: string }>('input', {
    en: (d) => `${en(d)}: the attribute "${d.attribute}" is required but absent.`,
    ko: (d) => `${ko(d)}: 필수 속성이 없습니다: "${d.attribute}".`,
  }),
  'onnx.bad_attribute': issue<Where & { attribute: string; expected: string; got: string }>('input', {
    en: (d) => `${en(d)}: the attribute "${d.attribute}" must be ${d.expected}, got ${d.got}.`,
    ko: (d) => `${ko(d)}: 속성 "${d.attribute}"의 값은 ${d.expected} 이어야 하는데 ${d.got}입니다.`,
  }),
  'onnx.bad_operand': issue<Where & { index: number; expected: string; got: string }>('input', {
    en: (d) => `${en(d)}: the value of input ${d.index} must be ${d.expected}, got ${d.got}.`,
    ko: (d) => `${ko(d)}: 입력 ${d.index}번의 값은 ${d.expected} 이어야 하는데 ${d.got}입니다.`,
  }),
  'onnx.not_constant': issue<Where & { index: number; value: string }>('input', {
    en: (d) =>
      `${en(d)}: input ${d.index} ("${d.value}") decides a shape, so it must be a constant, but it is computed. Shapes here are fixed when the graph is built.`,
    ko: (d) =>
      `${ko(d)}: 입력 ${d.index}번 ("${d.value}") 값은 모양을 정하므로 상수여야 하는데 계산된 값입니다. 모양은 그래프를 만들 때 정해집니다.`,
  }),
  'onnx.element_count': issue<Where & { from: readonly number[]; to: readonly number[]; count: number }>(
    'usage',
    {
      en: (d) => `${en(d)}: ${shape(d.from)} (${d.count} elements) does not fit into ${shape(d.to)}.`,
      ko: (d) =>
        `${ko(d)}: 모양 ${shape(d.from)} (원소 ${d.count}개) 텐서를 ${shape(d.to)} 모양으로 바꿀 수 없습니다.`,
    },
  ),
  'onnx.channel_mismatch': issue<Where & { channels: number; weight: readonly number[]; groups: number }>(
    'usage',
    {
      en: (d) =>
        `${en(d)}: ${d.channels} input channels in ${d.groups} group(s) do not fit the weight ${shape(d.weight)}. Conv: weight [M, C / group, ...]; ConvTranspose: [C, M / group, ...].`,
      ko: (d) =>
        `${ko(d)}: 입력 채널 ${d.channels}개, 그룹 ${d.groups}개가 가중치 모양 ${shape(d.weight)} 기준과 맞지 않습니다. Conv 가중치는 [M, C / group, ...], ConvTranspose 가중치는 [C, M / group, ...]입니다.`,
    },
  ),
  'onnx.window_too_large': issue<Where & { input: readonly number[]; kernel: readonly number[] }>('input', {
    en: (d) =>
      `${en(d)}: the kernel ${shape(d.kernel)} leaves no output on an input of ${shape(d.input)}. Use a smaller kernel or more padding.`,
    ko: (d) =>
      `${ko(d)}: 크기 ${shape(d.input)} 입력에 크기 ${shape(d.kernel)} 커널을 적용하면 출력이 남지 않습니다. 커널을 줄이거나 패딩을 늘리세요.`,
  }),
  'onnx.unsupported': issue<Where & { feature: string }>('input', {
    en: (d) => `${en(d)}: ${d.feature} is not supported.`,
    ko: (d) => `${ko(d)}: ${d.feature} 설정은 지원하지 않습니다.`,
  }),
  'onnx.too_large': issue<Where & { dims: readonly number[] }>('input', {
    en: (d) => `${en(d)}: an output of shape ${shape(d.dims)} is too large to hold.`,
    ko: (d) => `${ko(d)}: 출력이 너무 커서 (모양 ${shape(d.dims)}) 담을 수 없습니다.`,
  }),
  'onnx.subgraph_inputs': issue<Where & { expected: number; got: number }>('input', {
    en: (d) => `${en(d)}: the subgraph must take ${d.expected} inputs, it takes ${d.got}.`,
    ko: (d) => `${ko(d)}: 하위 그래프의 입력은 ${d.expected}개여야 하는데 ${d.got}개입니다.`,
  }),
  'onnx.subgraph_outputs': issue<Where & { expected: number; got: number }>('input', {
    en: (d) => `${en(d)}: the subgraph must give ${d.expected} outputs, it gives ${d.got}.`,
    ko: (d) => `${ko(d)}: 하위 그래프의 출력은 ${d.expected}개여야 하는데 ${d.got}개입니다.`,
  }),
  'onnx.subgraph_type': issue<Where & { value: string; expected: string; got: string }>('input', {
    en: (d) => `${en(d)}: "${d.value}" of the subgraph must be ${d.expected}, it is ${d.got}.`,
    ko: (d) => `${ko(d)}: 하위 그래프의 값 "${d.value}"의 타입은 ${d.expected} 이어야 하는데 ${d.got}입니다.`,
  }),
  'onnx.wrong_type': issue<{ graph: string; value: string; expected: string; got: string }>('input', {
    en: (d) => `graph ${d.graph}: "${d.value}" is ${d.expected}, but the graph states ${d.got}.`,
    ko: (d) =>
      `그래프 ${d.graph}: "${d.value}"의 타입은 ${d.expected}인데 그래프에 적힌 타입은 ${d.got}입니다.`,
  }),
  'onnx.cycle': issue<{ graph: string; node: string }>('input', {
    en: (d) => `graph ${d.graph}: the nodes form a cycle; "${d.node}" waits for its own result.`,
    ko: (d) => `그래프 ${d.graph}: 노드가 순환합니다. "${d.node}" 노드가 자기 결과를 기다립니다.`,
  }),
  'onnx.unreadable': issue<{ reason: string }>('input', {
    en: (d) =>
      `this is not an ONNX model, or it is damaged (${d.reason}). Export or download the file again.`,
    ko: (d) => `ONNX 모델이 아니거나 손상된 파일입니다 (${d.reason}). 다시 내보내거나 내려받으세요.`,
  }),
  'onnx.unreadable_attribute': issue<{ node: string; attribute: string; reason: string }>('input', {
    en: (d) => `node "${d.node}": the attribute "${d.attribute}" cannot be read (${d.reason}).`,
    ko: (d) => `노드 "${d.node}": 읽을 수 없는 속성입니다: "${d.attribute}" (${d.reason}).`,
  }),
  'onnx.unsupported_opset': issue<{ version: number; oldest: number; newest: number }>('input', {
    en: (d) =>
      `the model needs operator set ${d.version}; ${d.oldest} to ${d.newest} can be read. Export it again with one of these.`,
    ko: (d) =>
      `모델의 연산자 집합(opset)이 ${d.version}입니다. ${d.oldest}부터 ${d.newest}까지 읽을 수 있으니 그 중 하나로 다시 내보내세요.`,
  }),
  'onnx.unsupported_element_type': issue<{ value: string; type: string }>('input', {
    en: (d) => `"${d.value}" has the type ${d.type}, which is not supported. Convert the model to float32.`,
    ko: (d) => `"${d.value}"의 타입은 ${d.type}인데 지원하지 않는 타입입니다. 모델을 float32로 변환하세요.`,
  }),
  'onnx.external_data': issue<{ value: string }>('input', {
    en: (d) =>
      `the tensor "${d.value}" lies in another file, which is not read. Save the model with its weights inside.`,
    ko: (d) =>
      `텐서 "${d.value}"의 데이터가 다른 파일에 있어 읽지 않습니다. 가중치를 포함해 모델을 다시 저장하세요.`,
  }),
  'onnx.bad_tensor_data': issue<{ value: string; expected: string; got: string }>('input', {
    en: (d) => `the tensor "${d.value}" is damaged: its shape needs ${d.expected}, the file holds ${d.got}.`,
    ko: (d) =>
      `손상된 텐서입니다: "${d.value}". 모양에 맞는 데이터는 ${d.expected}인데 파일에 있는 것은 ${d.got}입니다.`,
  }),
  'onnx.bad_dims': issue<{ value: string; dims: readonly number[] }>('input', {
    en: (d) =>
      `"${d.value}": ${shape(d.dims)} is not a usable shape; it takes at most 64 known, non-negative lengths.`,
    ko: (d) =>
      `"${d.value}": 쓸 수 없는 모양입니다 (${shape(d.dims)}). 음이 아닌 길이가 최대 64개까지 있어야 합니다.`,
  }),
  'onnx.dynamic_dim': issue<{ value: string; axis: number; symbol: string }>('input', {
    en: (d) =>
      `axis ${d.axis} of input "${d.value}" has no fixed length ("${d.symbol}"). Give it one: { dims: { "${d.symbol}": 1 } }.`,
    ko: (d) =>
      `입력 "${d.value}"의 ${d.axis}번 축은 길이가 정해져 있지 않습니다 ("${d.symbol}"). { dims: { "${d.symbol}": 1 } } 와 같이 길이를 정하세요.`,
  }),
  'onnx.model_too_large': issue<{ bytes: number; most: number }>('usage', {
    en: (d) =>
      `the tensors take ${d.bytes} bytes, but an ONNX file holds at most ${d.most}. Write the weights as safetensors.`,
    ko: (d) =>
      `텐서 크기가 ${d.bytes}바이트인데 ONNX 파일에는 최대 ${d.most}바이트까지 담을 수 있습니다. 가중치는 safetensors로 저장하세요.`,
  }),
} as const;
