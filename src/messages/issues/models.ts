import { issue } from '../define.ts';

const shape = (dims: readonly number[]) => `[${dims.join(', ')}]`;

/** What an entry of an architecture map has to be. */
export type MapExpectation =
  | 'object'
  | 'known_key'
  | 'kind'
  | 'role'
  | 'axes'
  | 'count'
  | 'counts'
  | 'boolean'
  | 'activation'
  | 'names';

const expectations = {
  object: { en: 'an object', ko: '객체' },
  known_key: { en: 'one of the known keys', ko: '정해진 키' },
  kind: {
    en: 'dense, conv, conv-transpose, embedding, recurrent, attention, norm or prelu',
    ko: 'dense, conv, conv-transpose, embedding, recurrent, attention, norm, prelu 중 하나',
  },
  role: { en: 'weight, bias, scale or shift', ko: 'weight, bias, scale, shift 중 하나' },
  axes: { en: 'a list of "in", "out" and "kernel"', ko: '"in", "out", "kernel"의 목록' },
  count: { en: 'a whole number of at least 1', ko: '1 이상의 정수' },
  counts: { en: 'a list of whole numbers of at least 1', ko: '1 이상의 정수 목록' },
  boolean: { en: 'true or false', ko: 'true 또는 false' },
  activation: { en: 'the name of an activation', ko: '활성화 함수 이름' },
  names: { en: 'a list of names', ko: '이름 목록' },
} as const satisfies Record<MapExpectation, { en: string; ko: string }>;

export const modelsIssues = {
  'models.unknown_format': issue<{ where: string; known: readonly string[] }>('usage', {
    en: ({ where, known }) =>
      `${where}: the ending of the name tells the format, and this one is not known. Use one of ${known.join(', ')}.`,
    ko: ({ where, known }) =>
      `${where}: 파일 이름의 확장자로 형식을 정하는데 알 수 없는 확장자입니다. 쓸 수 있는 것: ${known.join(', ')}.`,
  }),
  'models.cannot_write': issue<{ where: string; from: string; to: string }>('usage', {
    en: ({ where, from, to }) =>
      `${where}: a ${to} file holds the architecture too, which a ${from} file does not have. Write .safetensors or .npz, or start from a ${to} file.`,
    ko: ({ where, from, to }) =>
      `${where}: ${to} 파일에는 구조도 들어가는데 ${from} 파일에는 그 구조가 없습니다. .safetensors나 .npz로 쓰거나 ${to} 파일에서 시작하세요.`,
  }),
  'models.no_weights': issue<{ where: string }>('input', {
    en: ({ where }) =>
      `${where}: no weights were recognized in this file. Say what its tensors are with --map.`,
    ko: ({ where }) =>
      `${where}: 이 파일에서 가중치를 찾지 못했습니다. --map으로 텐서가 무엇인지 알려 주세요.`,
  }),
  'models.unknown_layout': issue<{
    where: string;
    tensors: readonly { name: string; dims: readonly number[] }[];
  }>('input', {
    en: ({ where, tensors }) =>
      `${where}: which axes are inputs and which are outputs cannot be told for ${list(tensors)}. Say so with --map, or leave their values alone with --rule "${tensors[0]?.name ?? 'NAME'}=keep".`,
    ko: ({ where, tensors }) =>
      `${where}: 다음 텐서는 어느 축이 입력이고 어느 축이 출력인지 알 수 없습니다: ${list(tensors)}. --map으로 알려 주거나 --rule "${tensors[0]?.name ?? 'NAME'}=keep"으로 값을 그대로 두세요.`,
  }),
  'models.external_path': issue<{ where: string; name: string; location: string }>('input', {
    en: ({ where, name, location }) =>
      `${where}: the data of "${name}" should lie in a file in the model's folder, but its path is ${JSON.stringify(location)}. Save the model again with its data beside it.`,
    ko: ({ where, name, location }) =>
      `${where}: "${name}" 데이터 파일은 모델이 있는 폴더 안에 있어야 하는데 경로가 ${JSON.stringify(location)}입니다. 데이터를 같은 폴더에 두고 모델을 다시 저장하세요.`,
  }),
  'models.external_length': issue<{ where: string; name: string; expected: number; got: number }>('input', {
    en: ({ where, name, expected, got }) =>
      `${where}: the data of "${name}" needs a file of at least ${expected} bytes, ${got} are there. Copy the file again.`,
    ko: ({ where, name, expected, got }) =>
      `${where}: "${name}" 데이터 파일은 ${expected}바이트 이상이어야 하는데 ${got}바이트입니다. 파일을 다시 복사하세요.`,
  }),
  'models.beside_absent': issue<{ where: string; name: string }>('input', {
    en: ({ where, name }) =>
      `${where} keeps weights in the file ${JSON.stringify(name)}, which was not given. Give all files of the model together.`,
    ko: ({ where, name }) =>
      `${where}의 가중치가 든 ${JSON.stringify(name)} 파일이 없습니다. 모델의 파일을 모두 함께 주세요.`,
  }),
  'models.archive_member': issue<{ where: string; name: string }>('input', {
    en: ({ where, name }) =>
      `${where}: a .keras file holds ${name}, this one does not. Save the model again with model.save().`,
    ko: ({ where, name }) =>
      `${where}: .keras 파일에는 ${name} 항목이 있어야 하는데 없습니다. model.save()로 모델을 다시 저장하세요.`,
  }),
  'models.map': issue<{ where: string; path: string; expected: MapExpectation; got: string }>('input', {
    en: ({ where, path, expected, got }) =>
      `${where}: ${path === '' ? 'the map' : path}: expected ${expectations[expected].en}, got ${got}.`,
    ko: ({ where, path, expected, got }) =>
      `${where}: ${path === '' ? '맵' : path}: 필요한 값은 ${expectations[expected].ko}입니다. 받은 값: ${got}.`,
  }),
  'models.map_no_match': issue<{ pattern: string }>('usage', {
    en: ({ pattern }) =>
      `map: no parameter is called "${pattern}". "outset init MODEL --dry-run" lists the names.`,
    ko: ({ pattern }) =>
      `맵: "${pattern}"에 맞는 매개변수가 없습니다. "outset init MODEL --dry-run"으로 이름을 볼 수 있습니다.`,
  }),
  'models.map_axes': issue<{ name: string; dims: readonly number[]; axes: string }>('input', {
    en: ({ name, dims, axes }) =>
      `map: "${name}" of shape ${shape(dims)}: [${axes}] does not fit. Name every axis; inputs are neighbours, outputs are neighbours, and groups divide the channels.`,
    ko: ({ name, dims, axes }) =>
      `맵: 모양 ${shape(dims)}인 "${name}"에 [${axes}] 축은 맞지 않습니다. 모든 축을 적고, 입력끼리와 출력끼리는 붙어 있어야 하며, 그룹 수는 채널 수의 약수여야 합니다.`,
  }),
  'models.rule_no_match': issue<{ pattern: string; near: readonly string[] }>('usage', {
    en: ({ pattern, near }) =>
      `--rule: no parameter is called "${pattern}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} "outset init MODEL --dry-run" lists the names.`,
    ko: ({ pattern, near }) =>
      `--rule: "${pattern}"에 맞는 매개변수가 없습니다.${near.length > 0 ? ` 혹시 ${near.join(', ')}?` : ''} "outset init MODEL --dry-run"으로 이름을 볼 수 있습니다.`,
  }),
  'models.rule_no_gain': issue<{ rule: string; activation: string; gain: number }>('usage', {
    en: ({ rule, activation, gain }) =>
      `${rule}: is for rectifiers, whose gain is at most 1.4142; ${activation} needs ${gain.toPrecision(5)}. Use variance-scaling, glorot-normal or orthogonal, which take any gain.`,
    ko: ({ rule, activation, gain }) =>
      `${rule}: gain이 1.4142 이하인 정류 함수용 규칙입니다. ${activation} 함수의 gain은 ${gain.toPrecision(5)}입니다. gain을 마음대로 줄 수 있는 variance-scaling, glorot-normal, orthogonal을 쓰세요.`,
  }),
  'models.no_dialect': issue<{ name: string; near: readonly string[]; known: readonly string[] }>('usage', {
    en: ({ name, near, known }) =>
      `--like: the first weights of "${name}" cannot be drawn.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} ${known.length > 0 ? `Known: ${known.join(', ')}.` : 'None is known yet; use --rule.'}`,
    ko: ({ name, near, known }) =>
      `--like: "${name}" 방식의 초기 가중치는 만들 수 없습니다.${near.length > 0 ? ` 혹시 ${near.join(', ')}?` : ''} ${known.length > 0 ? `쓸 수 있는 것: ${known.join(', ')}.` : '아직 쓸 수 있는 것이 없으니 --rule을 쓰세요.'}`,
  }),
  'models.dialect_layer': issue<{ dialect: string; layer: string; kind: string }>('input', {
    en: ({ dialect, layer, kind }) =>
      `--like ${dialect}: how ${dialect} draws layer "${layer}" (${kind}) is not known, so nothing after it could be right. Use --rule, or correct the layer with --map.`,
    ko: ({ dialect, layer, kind }) =>
      `--like ${dialect}: "${layer}" 층(${kind})을 ${dialect}에서 어떻게 뽑는지 알 수 없어 그 뒤의 값도 맞출 수 없습니다. --rule을 쓰거나 --map으로 층을 바로잡으세요.`,
  }),
  'models.not_finite': issue<{ rule: string; parameter: string }>('run', {
    en: ({ rule, parameter }) =>
      `rule '${rule}': ${parameter} would hold values that are not finite numbers in its element type. Use a smaller scale.`,
    ko: ({ rule, parameter }) =>
      `규칙 '${rule}': ${parameter}에 그 자료형으로 나타낼 수 없는 무한한 값이 들어가게 됩니다. 더 작은 규모를 쓰세요.`,
  }),
} as const;

function list(tensors: readonly { name: string; dims: readonly number[] }[]): string {
  const shown = tensors.slice(0, 5).map(({ name, dims }) => `${name} ${shape(dims)}`);
  return shown.join(', ') + (tensors.length > shown.length ? `, ... (${tensors.length})` : '');
}
