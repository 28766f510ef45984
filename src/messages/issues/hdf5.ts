import { issue } from '../define.ts';

/** The part of an HDF5 file that does not hold together. */
export type Hdf5Part = 'superblock' | 'header' | 'group' | 'tree' | 'heap' | 'attribute' | 'data';

const parts = {
  superblock: { en: 'superblock', ko: '슈퍼블록' },
  header: { en: 'object header', ko: '객체 헤더' },
  group: { en: 'group', ko: '그룹' },
  tree: { en: 'B-tree', ko: 'B-트리' },
  heap: { en: 'heap', ko: '힙' },
  attribute: { en: 'attribute', ko: '속성' },
  data: { en: 'data', ko: '데이터' },
} as const satisfies Record<Hdf5Part, { en: string; ko: string }>;

/** What HDF5 can do and models do not need. */
export type Hdf5Feature =
  | 'version'
  | 'layout'
  | 'address-size'
  | 'user-block'
  | 'soft-link'
  | 'dense-links'
  | 'chunks';

const features = {
  version: { en: 'its format version', ko: '형식 버전' },
  layout: { en: 'its version of the data layout', ko: '데이터 배치 버전' },
  'address-size': { en: 'addresses that are not 8 bytes wide', ko: '8바이트가 아닌 주소' },
  'user-block': { en: 'a user block', ko: '사용자 블록' },
  'soft-link': { en: 'a link to elsewhere', ko: '다른 곳을 가리키는 링크' },
  'dense-links': { en: 'groups whose links lie in a heap', ko: '링크를 힙에 저장한 그룹' },
  chunks: {
    en: 'data in chunks, compressed, big-endian or never written',
    ko: '조각나거나 압축되었거나 빅엔디언이거나 기록되지 않은 데이터',
  },
} as const satisfies Record<Hdf5Feature, { en: string; ko: string }>;

export const hdf5Issues = {
  'formats.hdf5_damaged': issue<{ where: string; part: Hdf5Part; at: number }>('input', {
    en: ({ where, part, at }) =>
      `${where}: the HDF5 ${parts[part].en} at byte ${at} does not hold together. The file is damaged: copy or download it again.`,
    ko: ({ where, part, at }) =>
      `${where}: ${at}바이트 위치의 HDF5 ${parts[part].ko} 구조가 맞지 않습니다. 손상된 파일이니 다시 복사하거나 내려받으세요.`,
  }),
  'formats.hdf5_unsupported': issue<{ where: string; feature: Hdf5Feature; got: string }>('input', {
    en: ({ where, feature, got }) =>
      `${where}: this HDF5 file uses ${features[feature].en}${got === '' ? '' : ` (${got})`}, which is not read here. Save it again with Keras or with h5py's default settings.`,
    ko: ({ where, feature, got }) =>
      `${where}: 이 HDF5 파일에는 지원하지 않는 기능이 쓰였습니다: ${features[feature].ko}${got === '' ? '' : ` (${got})`}. Keras나 h5py 기본 설정으로 다시 저장하세요.`,
  }),
} as const;
