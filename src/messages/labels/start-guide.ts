/** What a start assumes, when to take it and when not: what `--explain` says besides the formula. */
import { sentence, type Text } from '../define.ts';
import { dataGuide } from './start-guide-data.ts';
import { fixedGuide } from './start-guide-fixed.ts';
import { frameworkGuide } from './start-guide-frameworks.ts';
import { geometryGuide } from './start-guide-geometry.ts';
import { identityGuide } from './start-guide-identity.ts';
import { learnedGuide } from './start-guide-learned.ts';
import { meanFieldGuide } from './start-guide-mean-field.ts';
import { residualGuide } from './start-guide-residual.ts';
import { transformerGuide } from './start-guide-transformer.ts';
import { varianceGuide } from './start-guide-variance.ts';

/** The three sentences of one start. */
export interface StartGuide {
  readonly assumes: Text<Record<string, never>>;
  readonly use: Text<Record<string, never>>;
  readonly avoid: Text<Record<string, never>>;
}

/** Guides by the name of the start. */
export const startGuides: Readonly<Record<string, StartGuide>> = {
  ...varianceGuide,
  ...geometryGuide,
  ...identityGuide,
  ...meanFieldGuide,
  ...transformerGuide,
  ...fixedGuide,
  ...frameworkGuide,
  ...dataGuide,
  ...learnedGuide,
  ...residualGuide,
};

/** Names of the groups of starts. */
export const startFamilyLabels = {
  variance: sentence('Variance by fan', 'fan에 따른 분산'),
  geometry: sentence('Lengths, angles, sparsity', '길이와 각도, 희소 연결'),
  identity: sentence('Identity', '항등'),
  'mean-field': sentence('Mean-field theory', '평균장 이론'),
  width: sentence('Scaling with width', '폭에 따른 스케일링'),
  transformer: sentence('Transformers', '트랜스포머'),
  residual: sentence('Residual networks', '잔차 네트워크'),
  data: sentence('By data', '데이터로 정하는 초기화'),
  learned: sentence('Learned', '학습으로 정하는 초기화'),
  fixed: sentence('Same for every layer', '모든 층에 같은 분포'),
  framework: sentence('As in a framework', '프레임워크와 똑같이'),
  lecture: sentence('As in the lecture', '강의와 똑같이'),
} as const;

/** What a start can keep. */
export const signalLabels = {
  forward: sentence('variance of the signal', '신호의 분산'),
  backward: sentence('variance of the gradient', '그래디언트의 분산'),
  geometry: sentence('lengths and angles', '길이와 각도'),
  input: sentence('the input itself', '입력 자체'),
  update: sentence('size of the updates at any width', '폭과 무관한 갱신 크기'),
} as const;

/** Headings of an explanation. */
export const explanationLabels = {
  aliases: sentence('Also called', '다른 이름'),
  formula: sentence('Formula', '식'),
  assumes: sentence('Assumes', '가정'),
  preserves: sentence('Keeps', '지키는 것'),
  nothing: sentence('nothing by design', '없음'),
  use: sentence('Use it', '쓸 때'),
  avoid: sentence('Not', '피할 때'),
  parameters: sentence('Parameters', '매개변수'),
  source: sentence('Source', '출처'),
  needsData: sentence('needs a batch of data', '데이터 배치 필요'),
} as const;
