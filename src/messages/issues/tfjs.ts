import { issue } from '../define.ts';

/** What can be wrong with a model.json. */
export type TfjsProblem = 'json' | 'duplicate' | 'manifest' | 'path' | 'weight' | 'dtype' | 'shape' | 'shard';

const problems = {
  json: { en: 'it should be a JSON object', ko: 'JSON 객체여야 합니다' },
  duplicate: { en: 'every name may occur once', ko: '같은 이름이 두 번 나옵니다' },
  manifest: {
    en: 'weightsManifest should be a list of { paths, weights }',
    ko: 'weightsManifest는 { paths, weights }의 목록이어야 합니다',
  },
  path: {
    en: 'shards must lie in the folder of model.json',
    ko: '샤드 파일은 model.json이 있는 폴더 안에 있어야 합니다',
  },
  weight: {
    en: 'a weight should be { name, shape, dtype }',
    ko: '가중치는 { name, shape, dtype } 꼴이어야 합니다',
  },
  dtype: {
    en: 'a weight should be float32, int32 or bool, quantized to uint8, uint16 or float16 at most',
    ko: '가중치는 float32, int32, bool 중 하나이고 양자화는 uint8, uint16, float16만 읽습니다',
  },
  shape: {
    en: 'a shape should be a list of whole numbers with a countable product',
    ko: 'shape은 곱을 셀 수 있는 정수 목록이어야 합니다',
  },
  shard: {
    en: 'the shards together should have exactly the bytes of the weights',
    ko: '샤드 파일의 전체 크기가 가중치 크기와 같아야 합니다',
  },
} as const satisfies Record<TfjsProblem, { en: string; ko: string }>;

export const tfjsIssues = {
  'formats.tfjs': issue<{ where: string; problem: TfjsProblem; got: string }>('input', {
    en: ({ where, problem, got }) =>
      `${where}: not a readable TensorFlow.js model: ${problems[problem].en}, got ${got}. Save the model again.`,
    ko: ({ where, problem, got }) =>
      `${where}: 읽을 수 없는 TensorFlow.js 모델입니다. ${problems[problem].ko}. 받은 값: ${got}. 모델을 다시 저장하세요.`,
  }),
} as const;
