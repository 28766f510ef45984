import { issue } from '../define.ts';

/** Files that Outset reads, by the names that people know them by. */
export type FileFormat =
  | 'safetensors'
  | 'npy'
  | 'npz'
  | 'IDX'
  | 'gzip'
  | 'TFRecord'
  | 'HDF5'
  | 'zip'
  | 'TensorFlow.js';

/** The part of a file that an error speaks of. */
export type FilePart = 'magic' | 'header' | 'data' | 'record' | 'archive';

const parts = {
  magic: { en: 'the signature', ko: '파일 서명' },
  header: { en: 'the header', ko: '헤더' },
  data: { en: 'the data', ko: '데이터' },
  record: { en: 'a record', ko: '레코드' },
  archive: { en: 'the archive', ko: '압축 파일' },
} as const satisfies Record<FilePart, { en: string; ko: string }>;

/** What an entry of a safetensors header has to be. */
export type SafetensorsExpectation =
  | 'object'
  | 'known_fields'
  | 'dtype_string'
  | 'shape_lengths'
  | 'countable_shape'
  | 'offsets'
  | 'metadata_strings';

const safetensorsExpectations = {
  object: {
    en: 'an object with dtype, shape and data_offsets',
    ko: 'dtype, shape, data_offsets를 가진 객체',
  },
  known_fields: { en: 'only dtype, shape and data_offsets', ko: 'dtype, shape, data_offsets만' },
  dtype_string: { en: 'dtype as a string', ko: '문자열 dtype' },
  shape_lengths: { en: 'shape as an array of whole numbers', ko: '정수 배열 shape' },
  countable_shape: { en: 'a shape of fewer than 2^53 elements', ko: '원소가 2^53개 미만인 shape' },
  offsets: {
    en: 'data_offsets as [begin, end] with begin at most end',
    ko: 'begin이 end 이하인 [begin, end] 꼴의 data_offsets',
  },
  metadata_strings: { en: 'an object of strings', ko: '값이 문자열인 객체' },
} as const satisfies Record<SafetensorsExpectation, { en: string; ko: string }>;

export const formatsIssues = {
  'formats.truncated': issue<{
    where: string;
    format: FileFormat;
    part: FilePart;
    expected: number;
    got: number;
  }>('input', {
    en: ({ where, format, part, expected, got }) =>
      `${where}: not a whole ${format} file: ${parts[part].en} needs ${expected} bytes, ${got} are there. Copy or download the file again.`,
    ko: ({ where, format, part, expected, got }) =>
      `${where}: 온전한 ${format} 파일이 아닙니다. ${parts[part].ko}에 ${expected}바이트가 필요한데 ${got}바이트만 있습니다. 파일을 다시 복사하거나 내려받으세요.`,
  }),
  'formats.trailing_bytes': issue<{ where: string; format: FileFormat; expected: number; got: number }>(
    'input',
    {
      en: ({ where, format, expected, got }) =>
        `${where}: the ${format} header describes ${expected} bytes of data, ${got} are there. The file is damaged or of another format.`,
      ko: ({ where, format, expected, got }) =>
        `${where}: ${format} 헤더대로라면 데이터가 ${expected}바이트여야 하는데 ${got}바이트가 있습니다. 파일이 손상되었거나 다른 형식입니다.`,
    },
  ),
  'formats.wrong_magic': issue<{ where: string; format: FileFormat; expected: string; got: string }>(
    'input',
    {
      en: ({ where, format, expected, got }) =>
        `${where}: not a ${format} file: it should start with ${expected}, it starts with ${got}. Check the path.`,
      ko: ({ where, format, expected, got }) =>
        `${where}: ${format} 파일이 아닙니다. ${expected}로 시작해야 하는데 ${got}로 시작합니다. 경로를 확인하세요.`,
    },
  ),
  'formats.corrupt': issue<{ where: string; format: FileFormat; reason: string }>('input', {
    en: ({ where, format, reason }) =>
      `${where}: the compressed ${format} data cannot be unpacked (${reason}). Copy or download the file again.`,
    ko: ({ where, format, reason }) =>
      `${where}: 압축된 ${format} 데이터를 풀 수 없습니다(${reason}). 파일을 다시 복사하거나 내려받으세요.`,
  }),
  'formats.unpacked_too_large': issue<{ where: string; format: FileFormat; limit: number; got: number }>(
    'input',
    {
      en: ({ where, format, limit, got }) =>
        `${where}: unpacking this ${format} file would take ${got} bytes, the limit is ${limit}. Raise maxBytes if you trust the file.`,
      ko: ({ where, format, limit, got }) =>
        `${where}: 이 ${format} 파일을 풀면 ${got}바이트가 되어 한도 ${limit}바이트를 넘습니다. 믿을 수 있는 파일이면 maxBytes를 늘리세요.`,
    },
  ),
  'formats.checksum': issue<{ where: string; format: FileFormat; part: string }>('input', {
    en: ({ where, format, part }) =>
      `${where}: the checksum of ${part} in this ${format} file does not fit its bytes. The file is damaged; copy or download it again.`,
    ko: ({ where, format, part }) =>
      `${where}: ${format} 파일 안 ${part}의 체크섬이 내용과 맞지 않습니다. 파일이 손상되었으니 다시 복사하거나 내려받으세요.`,
  }),

  'formats.safetensors_header_too_large': issue<{ where: string; limit: number; got: number }>('input', {
    en: ({ where, limit, got }) =>
      `${where}: not a safetensors file: its header would have ${got} bytes, the format allows ${limit}. Check the path.`,
    ko: ({ where, limit, got }) =>
      `${where}: safetensors 파일이 아닙니다. 헤더가 ${got}바이트라고 되어 있는데 형식이 허용하는 것은 ${limit}바이트까지입니다. 경로를 확인하세요.`,
  }),
  'formats.safetensors_header_not_json': issue<{ where: string; reason: string }>('input', {
    en: ({ where, reason }) =>
      `${where}: the safetensors header should be a JSON object in UTF-8, but: ${reason}. The file is damaged or of another format.`,
    ko: ({ where, reason }) =>
      `${where}: safetensors 헤더는 UTF-8로 된 JSON 객체여야 합니다(${reason}). 파일이 손상되었거나 다른 형식입니다.`,
  }),
  'formats.safetensors_duplicate_key': issue<{ where: string; name: string }>('input', {
    en: ({ where, name }) =>
      `${where}: the safetensors header names "${name}" twice; every name may occur once. Write the file again.`,
    ko: ({ where, name }) =>
      `${where}: safetensors 헤더에 "${name}" 항목이 두 번 나옵니다. 이름은 한 번만 쓸 수 있으니 파일을 다시 저장하세요.`,
  }),
  'formats.safetensors_entry': issue<{
    where: string;
    name: string;
    expected: SafetensorsExpectation;
    got: string;
  }>('input', {
    en: ({ where, name, expected, got }) =>
      `${where}: entry "${name}" of the safetensors header: expected ${safetensorsExpectations[expected].en}, got ${got}. Write the file again.`,
    ko: ({ where, name, expected, got }) =>
      `${where}: safetensors 헤더의 "${name}" 항목에는 ${safetensorsExpectations[expected].ko} 값이 와야 하는데 ${got} 값이 있습니다. 파일을 다시 저장하세요.`,
  }),
  'formats.safetensors_layout': issue<{
    where: string;
    name: string;
    problem: 'hole' | 'overlap';
    expected: number;
    got: number;
  }>('input', {
    en: ({ where, name, problem, expected, got }) =>
      `${where}: tensor "${name}" should start at byte ${expected} of the data, it starts at ${got}, which leaves ${problem === 'hole' ? 'a hole' : 'an overlap'}. Write the file again.`,
    ko: ({ where, name, problem, expected, got }) =>
      `${where}: 텐서 "${name}" 데이터는 ${expected}바이트 위치에서 시작해야 하는데 ${got}바이트에서 시작해 ${problem === 'hole' ? '빈 곳이' : '겹치는 곳이'} 생깁니다. 파일을 다시 저장하세요.`,
  }),
  'formats.safetensors_tensor_length': issue<{ where: string; name: string; expected: number; got: number }>(
    'input',
    {
      en: ({ where, name, expected, got }) =>
        `${where}: tensor "${name}" needs ${expected} bytes for its shape and dtype, its offsets give it ${got}. Write the file again.`,
      ko: ({ where, name, expected, got }) =>
        `${where}: 텐서 "${name}" 데이터는 shape과 dtype에 따르면 ${expected}바이트인데 오프셋에는 ${got}바이트로 되어 있습니다. 파일을 다시 저장하세요.`,
    },
  ),
  'formats.safetensors_bool': issue<{ where: string; name: string; got: number }>('input', {
    en: ({ where, name, got }) =>
      `${where}: tensor "${name}" is BOOL, whose bytes are 0 or 1, but holds ${got}. Write the file again.`,
    ko: ({ where, name, got }) =>
      `${where}: 텐서 "${name}" 값은 BOOL이므로 바이트가 0 또는 1이어야 하는데 ${got}이 있습니다. 파일을 다시 저장하세요.`,
  }),
  'formats.safetensors_dtype': issue<{ where: string; name: string; dtype: string; known: string[] }>(
    'input',
    {
      en: ({ where, name, dtype, known }) =>
        `${where}: tensor "${name}" has dtype ${dtype}; readable are ${known.join(', ')}. Convert it, e.g. to F32.`,
      ko: ({ where, name, dtype, known }) =>
        `${where}: 텐서 "${name}"의 dtype ${dtype}은 읽을 수 없습니다. 읽을 수 있는 것은 ${known.join(', ')}입니다. F32 등으로 변환하세요.`,
    },
  ),
  'formats.safetensors_reserved_name': issue<{ name: string }>('usage', {
    en: ({ name }) => `safetensors: "${name}" is reserved for metadata. Give the tensor another name.`,
    ko: ({ name }) =>
      `safetensors: "${name}" 이름은 메타데이터용으로 예약되어 있습니다. 텐서에 다른 이름을 붙이세요.`,
  }),

  'formats.npy_version': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: .npy format version ${got} is not known; 1.0, 2.0 and 3.0 are. Save the array again with numpy.save.`,
    ko: ({ where, got }) =>
      `${where}: .npy 형식 버전 ${got}은 알 수 없습니다. 1.0, 2.0, 3.0만 읽습니다. numpy.save로 배열을 다시 저장하세요.`,
  }),
  'formats.npy_header': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: the .npy header should be {'descr': ..., 'fortran_order': ..., 'shape': ...}, got ${got}. Save the array again with numpy.save.`,
    ko: ({ where, got }) =>
      `${where}: .npy 헤더는 {'descr': ..., 'fortran_order': ..., 'shape': ...} 꼴이어야 하는데 ${got}입니다. numpy.save로 배열을 다시 저장하세요.`,
  }),
  'formats.npy_dtype': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: an array of dtype ${got} cannot be read; floats of 2, 4 or 8 bytes, integers and booleans can. Save array.astype('float32') instead.`,
    ko: ({ where, got }) =>
      `${where}: dtype이 ${got}인 배열은 읽을 수 없습니다. 2, 4, 8바이트 실수와 정수, 불리언만 읽습니다. array.astype('float32')로 바꿔 저장하세요.`,
  }),
  'formats.zip_member': issue<{
    where: string;
    name: string;
    problem: 'encrypted' | 'method' | 'zip64' | 'duplicate' | 'location';
    got: string;
  }>('input', {
    en: ({ where, name, problem, got }) => {
      const what = {
        encrypted: 'is encrypted',
        method: `is packed with method ${got}; stored (0) and deflated (8) can be read`,
        zip64: 'is larger than 4 GiB',
        duplicate: 'occurs twice',
        location: `should lie within the file, but its place is ${got}`,
      }[problem];
      return `${where}: member "${name}" of the archive ${what}. Save the file again.`;
    },
    ko: ({ where, name, problem, got }) => {
      const what = {
        encrypted: '암호화되어 있습니다',
        method: `압축 방식 ${got}을 쓰는데, 무압축(0)과 deflate(8)만 읽을 수 있습니다`,
        zip64: '4 GiB보다 큽니다',
        duplicate: '두 번 들어 있습니다',
        location: `파일 밖(${got})을 가리킵니다`,
      }[problem];
      return `${where}: 압축 파일의 "${name}" 항목은 ${what}. 파일을 다시 저장하세요.`;
    },
  }),

  'formats.histogram': issue<{ tag: string; edges: number; counts: number }>('usage', {
    en: ({ tag, edges, counts }) =>
      `TensorBoard histogram "${tag}": ${counts} bins need ${counts + 1} increasing edges, got ${edges}. Pass one edge more than counts.`,
    ko: ({ tag, edges, counts }) =>
      `TensorBoard 히스토그램 "${tag}": 구간 ${counts}개에는 커지는 순서의 경계 ${counts + 1}개가 필요한데 ${edges}개를 받았습니다. 경계를 개수보다 하나 더 주세요.`,
  }),
  'formats.step': issue<{ tag: string; step: number }>('usage', {
    en: ({ tag, step }) => `TensorBoard "${tag}": a step is a whole number of at least 0, got ${step}.`,
    ko: ({ tag, step }) => `TensorBoard "${tag}": step은 0 이상의 정수여야 하는데 ${step}을 받았습니다.`,
  }),

  'formats.disk_full': issue<{ path: string }>('run', {
    en: ({ path }) =>
      `${path}: the disk is full, so nothing was written. Free some space or choose another folder with --out.`,
    ko: ({ path }) =>
      `${path}: 디스크가 가득 차서 아무것도 쓰지 않았습니다. 공간을 확보하거나 --out으로 다른 폴더를 고르세요.`,
  }),
  'formats.not_writable': issue<{ path: string; code: string }>('input', {
    en: ({ path, code }) =>
      `${path}: cannot be written here (${code}): no permission, or the file system is read-only. Choose another folder with --out.`,
    ko: ({ path, code }) =>
      `${path}: 여기에는 쓸 수 없습니다(${code}). 권한이 없거나 읽기 전용 파일 시스템입니다. --out으로 다른 폴더를 고르세요.`,
  }),
  'formats.not_a_folder': issue<{ path: string }>('input', {
    en: ({ path }) =>
      `${path}: a folder was expected, but this path or a part of it is a file. Choose another folder with --out.`,
    ko: ({ path }) =>
      `${path}: 폴더여야 하는데 이 경로 또는 그 일부가 파일입니다. --out으로 다른 폴더를 고르세요.`,
  }),
  'formats.is_a_folder': issue<{ path: string }>('input', {
    en: ({ path }) =>
      `${path}: a file was to be written, but a folder of this name exists. Choose another name.`,
    ko: ({ path }) => `${path}: 파일을 쓰려는데 같은 이름의 폴더가 있습니다. 다른 이름을 고르세요.`,
  }),
  'formats.no_such_folder': issue<{ path: string }>('input', {
    en: ({ path }) =>
      `${path}: the folder of this file does not exist. Create it first or choose another path.`,
    ko: ({ path }) => `${path}: 이 파일이 들어갈 폴더가 없습니다. 폴더를 먼저 만들거나 다른 경로를 고르세요.`,
  }),
  'formats.write_failed': issue<{ path: string; reason: string }>('run', {
    en: ({ path, reason }) =>
      `${path}: writing failed (${reason}); nothing half-written is left. Try again or choose another folder.`,
    ko: ({ path, reason }) =>
      `${path}: 쓰기에 실패했습니다(${reason}). 쓰다 만 파일은 남지 않았습니다. 다시 시도하거나 다른 폴더를 고르세요.`,
  }),
} as const;
