import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.map((n) => (n < 0 ? 'batch' : n)).join(', ')}]`;
const shapeKo = (dims: readonly number[]) => `[${dims.map((n) => (n < 0 ? '배치' : n)).join(', ')}]`;

const gigabytes = (bytes: number) => (bytes / 1e9).toPrecision(3);

export const doctorSubjectIssues = {
  'doctor.batch_size': issue<{ got: number; fixed: number | null }>('usage', {
    en: ({ got, fixed }) =>
      fixed === null
        ? `batch: the number of examples must be a whole number of at least 1, got ${got}.`
        : `batch: this model takes exactly ${fixed} example(s) at once, got ${got}. Export it with a batch axis of any length to measure more.`,
    ko: ({ got, fixed }) =>
      fixed === null
        ? `배치: 표본 수는 1 이상의 정수여야 하는데 ${got}입니다.`
        : `배치: 이 모델은 한 번에 정확히 ${fixed}개의 표본만 받는데 ${got}개를 요청했습니다. 더 많이 재려면 배치 축의 길이가 정해지지 않도록 내보내세요.`,
  }),
  'doctor.too_large': issue<{ where: string; bytes: number; most: number }>('input', {
    en: ({ where, bytes, most }) =>
      `${where}: a pass forward and back would hold ${gigabytes(bytes)} GB, more than the ${gigabytes(most)} GB that are there for it, so only the weights are examined. Export the model for smaller inputs, or use a machine with more memory.`,
    ko: ({ where, bytes, most }) =>
      `${where}: 순전파와 역전파에 메모리 ${gigabytes(bytes)} GB가 필요한데 쓸 수 있는 것은 ${gigabytes(most)} GB라서 가중치만 살펴봅니다. 더 작은 입력으로 모델을 내보내거나 메모리가 더 많은 컴퓨터를 쓰세요.`,
  }),
  'doctor.switch_value': issue<{ input: string; got: number }>('usage', {
    en: ({ input, got }) =>
      `switches: the input "${input}" cannot hold ${got}. Give a number that fits its element type: whole for whole-number inputs, finite for real ones.`,
    ko: ({ input, got }) =>
      `switches: 입력 "${input}"에는 ${got} 값을 넣을 수 없습니다. 입력의 자료형에 맞는 값을 주세요. 정수 입력에는 정수, 실수 입력에는 유한한 수여야 합니다.`,
  }),
  'doctor.batch_shape': issue<{
    where: string;
    inputs: readonly { name: string; dims: readonly number[]; dtype: string }[];
    got: readonly number[];
  }>('input', {
    en: ({ where, inputs, got }) =>
      `${where}: examples of shape ${shape(got)} fit no input of the model. Expected: ${inputs.map(({ name, dims, dtype }) => `"${name}" ${dtype} ${shape(dims)}`).join(', ')}. Give data of that shape, or none to measure with noise.`,
    ko: ({ where, inputs, got }) =>
      `${where}: 모양이 ${shapeKo(got)}인 표본에 맞는 모델 입력이 없습니다. 모델의 입력: ${inputs.map(({ name, dims, dtype }) => `"${name}" ${dtype} ${shapeKo(dims)}`).join(', ')}. 그 모양의 데이터를 주거나, 데이터 없이 잡음으로 재세요.`,
  }),
  'doctor.batch_categories': issue<{
    where: string;
    input: string;
    categories: number | null;
    got: number;
  }>('input', {
    en: ({ where, input, categories, got }) =>
      `${where}: the input "${input}" takes whole numbers from 0${categories === null ? '' : ` to ${categories - 1}`}, got ${got}. Give data with category numbers.`,
    ko: ({ where, input, categories, got }) =>
      `${where}: 입력 "${input}"에는 ${categories === null ? '0 이상의' : `0부터 ${categories - 1}까지의`} 정수만 넣을 수 있는데 ${got} 값이 있습니다. 범주 번호로 된 데이터를 주세요.`,
  }),
  'doctor.batch_labels': issue<{ where: string; outputs: number; got: number }>('input', {
    en: ({ where, outputs, got }) =>
      `${where}: the model tells ${outputs} classes apart, but the data has the label ${got} (labels count from 0). Give the data that the model was made for.`,
    ko: ({ where, outputs, got }) =>
      `${where}: 모델이 구분하는 클래스는 ${outputs}개인데 데이터에 ${got}번 레이블이 있습니다(번호는 0부터). 이 모델에 맞는 데이터를 주세요.`,
  }),
  'doctor.no_output': issue<{ where: string }>('input', {
    en: ({ where }) =>
      `${where}: no output of the model holds real numbers; there is nothing to differentiate.`,
    ko: ({ where }) => `${where}: 실수를 내는 모델 출력이 없어서 미분할 것이 없습니다.`,
  }),
  'doctor.input_type': issue<{ name: string; dtype: string }>('input', {
    en: ({ name, dtype }) =>
      `input "${name}": its element type ${dtype} is not supported. Export the model with float32, int32, int64, uint8 or bool inputs.`,
    ko: ({ name, dtype }) =>
      `입력 "${name}": 지원하지 않는 자료형(${dtype})입니다. 입력이 float32, int32, int64, uint8, bool 중 하나가 되도록 모델을 내보내세요.`,
  }),
  'doctor.unknown_parameter': issue<{ name: string }>('usage', {
    en: ({ name }) =>
      `rewrite: the file holds no weight "${name}". Use the names of the subject's parameters.`,
    ko: ({ name }) => `다시 쓰기: 파일에 "${name}" 가중치가 없습니다. subject의 매개변수 이름을 쓰세요.`,
  }),
  'doctor.parameter_size': issue<{ name: string; expected: number; got: number }>('usage', {
    en: ({ name, expected, got }) => `rewrite: "${name}" has ${expected} elements, got ${got}.`,
    ko: ({ name, expected, got }) => `다시 쓰기: "${name}"의 원소는 ${expected}개인데 ${got}개를 받았습니다.`,
  }),
  'doctor.needs_network': issue<{ where: string }>('usage', {
    en: ({ where }) =>
      `${where} holds weights but no architecture, so the signal cannot be followed; only the weights are examined. Say what the network is with --network.`,
    ko: ({ where }) =>
      `${where}에는 가중치만 있고 구조가 없어서 신호를 따라갈 수 없습니다. 가중치만 살펴봅니다. --network로 신경망을 알려 주세요.`,
  }),
  'doctor.weights_count': issue<{ where: string; network: string; expected: number; got: number }>('input', {
    en: ({ where, network, expected, got }) =>
      `${where}: the network ${network} has ${expected} parameters, the file holds ${got} tensors that could be theirs. Give the network that the weights belong to.`,
    ko: ({ where, network, expected, got }) =>
      `${where}: 신경망 ${network}의 매개변수는 ${expected}개인데 파일에서 맞을 수 있는 텐서는 ${got}개입니다. 이 가중치에 맞는 신경망을 주세요.`,
  }),
  'doctor.weights_shape': issue<{
    where: string;
    parameter: string;
    expected: readonly number[];
    tensor: string;
    got: readonly number[];
  }>('input', {
    en: ({ where, parameter, expected, tensor, got }) =>
      `${where}: "${tensor}" of shape ${shape(got)} does not fit the parameter ${parameter} of shape ${shape(expected)}. Give the network that the weights belong to.`,
    ko: ({ where, parameter, expected, tensor, got }) =>
      `${where}: 모양이 ${shapeKo(got)}인 "${tensor}" 텐서는 모양이 ${shapeKo(expected)}인 매개변수 ${parameter}에 맞지 않습니다. 이 가중치에 맞는 신경망을 주세요.`,
  }),
  'doctor.keras_layer': issue<{ where: string; layer: string; className: string }>('input', {
    en: ({ where, layer, className }) =>
      `${where}: the layer "${layer}" (${className}) cannot be run here, so only the weights are examined. Export the model to ONNX to follow its signal.`,
    ko: ({ where, layer, className }) =>
      `${where}: "${layer}" 층(${className})은 여기서 실행할 수 없어 가중치만 살펴봅니다. 신호까지 보려면 모델을 ONNX로 내보내세요.`,
  }),
} as const;
