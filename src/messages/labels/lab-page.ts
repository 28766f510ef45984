/** What stands around every chapter of the lab: navigation, controls, figure frames, notices. */
import { label, sentence } from '../define.ts';

export const labPage = {
  site: sentence('Outset lab', 'Outset 실험실'),
  tagline: sentence(
    'Why the first weights of a network decide whether it learns, to touch and to measure',
    '신경망의 첫 가중치가 학습을 어떻게 좌우하는지, 직접 만져 보고 재어 보는 곳',
  ),
  intro: sentence(
    'Everything here is computed in this page by the library itself: nothing is sent anywhere, and every number can be repeated on the command line. Begin with chapter 1, or go where you like.',
    '이 페이지의 모든 수치는 라이브러리가 브라우저 안에서 직접 계산합니다. 어디로도 데이터를 보내지 않으며, 같은 수치를 명령행에서도 그대로 얻을 수 있습니다. 1장부터 차례로 보아도 되고, 원하는 장부터 보아도 됩니다.',
  ),
  chapters: sentence('Chapters', '장'),
  chapter: label<{ number: number }>({
    en: ({ number }) => `Chapter ${number}`,
    ko: ({ number }) => `${number}장`,
  }),
  titleWithSite: label<{ title: string }>({
    en: ({ title }) => `${title} – Outset lab`,
    ko: ({ title }) => `${title} – Outset 실험실`,
  }),
  skip: sentence('Skip to the content', '본문으로 건너뛰기'),
  home: sentence('Overview', '처음'),
  language: sentence('Language', '언어'),
  theme: sentence('Colours', '색상'),
  themeAuto: sentence('as the system', '시스템 설정'),
  themeLight: sentence('light', '밝게'),
  themeDark: sentence('dark', '어둡게'),
  previous: sentence('Previous chapter', '이전 장'),
  next: sentence('Next chapter', '다음 장'),
  reset: sentence('Back to the beginning', '처음 상태로'),
  controls: sentence('Controls', '조절'),
  noScript: sentence(
    'Without script the figures show their first state; the controls do nothing.',
    '스크립트를 끄면 그림은 처음 상태만 보여 주며 조절 장치는 작동하지 않습니다.',
  ),

  numbers: sentence('The same as a table', '표로 보기'),
  take: sentence('Take it along', '내려받기'),
  takeSvg: sentence('Picture (SVG)', '그림(SVG)'),
  takePng: sentence('Picture (PNG)', '그림(PNG)'),
  takeJson: sentence('Numbers (JSON)', '수치(JSON)'),
  copy: sentence('Copy', '복사'),
  copied: sentence('Copied', '복사됨'),
  command: sentence('The same on the command line', '명령행에서 똑같이 하기'),
  computing: sentence('computing …', '계산 중…'),

  textNotAllowed: label<{ example: string }>({
    en: ({ example }) => `Not understood; for example ${example}`,
    ko: ({ example }) => `알아볼 수 없는 표기입니다. 예: ${example}`,
  }),

  badAddress: label<{ name: string; got: string; allowed: string }>({
    en: ({ name, got, allowed }) =>
      `The address asks for ${name} = “${got}”, but allowed is ${allowed}. The usual value is shown instead.`,
    ko: ({ name, got, allowed }) =>
      `주소에 ${name} = “${got}” 값이 들어 있지만 허용되는 값은 ${allowed}입니다. 대신 기본값을 씁니다.`,
  }),
  unknownInAddress: label<{ name: string }>({
    en: ({ name }) => `The address names “${name}”, which this page does not know.`,
    ko: ({ name }) => `주소에 이 페이지가 모르는 이름 “${name}”이 들어 있습니다.`,
  }),
  failed: label<{ reason: string }>({
    en: ({ reason }) => `This could not be computed: ${reason}`,
    ko: ({ reason }) => `계산하지 못했습니다: ${reason}`,
  }),
  engine: label<{ engine: 'webgpu' | 'wasm-threads' | 'wasm'; threads: number }>({
    en: ({ engine, threads }) =>
      engine === 'webgpu'
        ? 'Computes on the graphics processor (WebGPU).'
        : engine === 'wasm-threads'
          ? `Computes on the processor (WebAssembly, ${threads} threads).`
          : 'Computes on the processor (WebAssembly, 1 thread).',
    ko: ({ engine, threads }) =>
      engine === 'webgpu'
        ? '그래픽 프로세서(WebGPU)로 계산합니다.'
        : engine === 'wasm-threads'
          ? `프로세서(WebAssembly, 스레드 ${threads}개)로 계산합니다.`
          : '프로세서(WebAssembly, 스레드 1개)로 계산합니다.',
  }),
  notIsolated: sentence(
    'The server sends no COOP and COEP headers, so threads cannot share memory; “outset lab” does.',
    '서버가 COOP·COEP 헤더를 보내지 않아 스레드가 메모리를 공유할 수 없습니다. “outset lab”으로 열면 공유할 수 있습니다.',
  ),
  footer: sentence(
    'Computed by Outset in this page; nothing leaves the machine.',
    'Outset이 이 페이지 안에서 계산했습니다. 데이터는 이 컴퓨터를 벗어나지 않습니다.',
  ),
} as const;
