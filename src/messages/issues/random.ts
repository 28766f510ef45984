import { issue } from '../define.ts';

export const randomIssues = {
  'random.bad_seed': issue<{ seed: string; limit: string }>('usage', {
    en: ({ seed, limit }) =>
      `random: a seed is a whole number from 0 to ${limit} (above 2^53 as a bigint), got ${seed}. Pass for example 0 or 42.`,
    ko: ({ seed, limit }) =>
      `random: 시드는 0 이상 ${limit} 이하의 정수여야 합니다(2^53보다 크면 bigint). 받은 값: ${seed}. 0이나 42 같은 값을 주세요.`,
  }),
  'random.unknown_dialect': issue<{ dialect: string; dialects: readonly string[]; near: readonly string[] }>(
    'usage',
    {
      en: ({ dialect, dialects, near }) =>
        `random: unknown dialect '${dialect}'${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '.'} Dialects: ${dialects.join(', ')}.`,
      ko: ({ dialect, dialects, near }) =>
        `random: 알 수 없는 난수 방식 '${dialect}'입니다.${near.length > 0 ? ` 혹시 ${near.join(', ')}?` : ''} 가능한 값: ${dialects.join(', ')}.`,
    },
  ),
  'random.unseeded': issue<{ dialect: string; seed: string }>('usage', {
    en: ({ dialect, seed }) =>
      `random: ${dialect} takes the seed ${seed} for no seed at all when it draws normal numbers, so that such a run cannot be repeated. Use another seed.`,
    ko: ({ dialect, seed }) =>
      `random: ${dialect} 방식은 정규난수를 뽑을 때 시드로 ${seed} 값을 주면 시드가 없는 것으로 취급하므로 그런 실행은 재현할 수 없습니다. 다른 시드를 쓰세요.`,
  }),
  'random.bad_child': issue<{ got: string }>('usage', {
    en: ({ got }) =>
      `random: a child stream is named by text or by a whole number from 0 to 2^32 - 1, got ${got}. Name it with text instead.`,
    ko: ({ got }) =>
      `random: 하위 난수열의 이름은 문자열이거나 0 이상 2^32 미만의 정수여야 합니다. 받은 값: ${got}. 문자열 이름을 쓰세요.`,
  }),
  'random.bad_count': issue<{ name: string; got: string }>('usage', {
    en: ({ name, got }) =>
      `random: ${name} needs a whole number from 0 to 2^32 - 1, got ${got}. Pass the number of things to draw.`,
    ko: ({ name, got }) =>
      `random: ${name}에는 0 이상 2^32 미만의 정수가 필요합니다. 받은 값: ${got}. 뽑을 개수를 주세요.`,
  }),
  'random.bad_range': issue<{ low: number; high: number }>('usage', {
    en: ({ low, high }) =>
      `random: uniform needs finite bounds with low <= high, got low ${low} and high ${high}. Swap or mend the bounds.`,
    ko: ({ low, high }) =>
      `random: 균등분포의 경계는 유한하고 low <= high여야 합니다. 받은 값: low ${low}, high ${high}. 두 경계를 확인하세요.`,
  }),
  'random.bad_normal': issue<{ mean: number; std: number }>('usage', {
    en: ({ mean, std }) =>
      `random: normal needs a finite mean and a finite std >= 0, got mean ${mean} and std ${std}. Check how the std was computed.`,
    ko: ({ mean, std }) =>
      `random: 정규분포에는 유한한 평균과 0 이상의 유한한 표준편차가 필요합니다. 받은 값: 평균 ${mean}, 표준편차 ${std}. 표준편차 계산을 확인하세요.`,
  }),
  'random.bad_truncation': issue<{ lower: number; upper: number }>('usage', {
    en: ({ lower, upper }) =>
      `random: truncatedNormal needs lower < upper, in units of std, with lower <= 8 and upper >= -8; got lower ${lower} and upper ${upper}. Use -2 and 2 for the usual cut.`,
    ko: ({ lower, upper }) =>
      `random: 절단 정규분포의 경계는 표준편차 단위이며 lower < upper, lower <= 8, upper >= -8이어야 합니다. 받은 값: lower ${lower}, upper ${upper}. 보통은 -2와 2를 씁니다.`,
  }),
  'random.bad_integer_range': issue<{ low: string; high: string; type: string }>('usage', {
    en: ({ low, high, type }) =>
      `random: integers of type ${type} need whole bounds with low < high that fit the type, got low ${low} and high ${high}. high itself is never drawn.`,
    ko: ({ low, high, type }) =>
      `random: ${type} 정수를 뽑으려면 low < high이고 해당 자료형에 들어가는 정수 경계가 필요합니다. 받은 값: low ${low}, high ${high}. high 값 자체는 나오지 않습니다.`,
  }),
  'random.bad_pcg64_state': issue<{ reason: string }>('usage', {
    en: ({ reason }) =>
      `random: a saved PCG64 state has a 128-bit state, an odd 128-bit increment, and a waiting 32-bit word or none: ${reason}. Pass what getState returned.`,
    ko: ({ reason }) =>
      `random: 저장된 PCG64 상태는 128비트 상태값, 홀수인 128비트 증가값, 대기 중인 32비트 워드(또는 없음)로 이루어집니다: ${reason}. getState가 돌려준 값을 그대로 주세요.`,
  }),
  'random.bad_state': issue<{ reason: string }>('usage', {
    en: ({ reason }) =>
      `random: a saved MT19937 state has 624 words, a position from 0 to 624, and a finite cached normal or none: ${reason}. Pass what getState returned.`,
    ko: ({ reason }) =>
      `random: 저장된 MT19937 상태는 워드 624개, 0~624 사이의 위치, 유한한 정규난수 캐시(또는 없음)로 이루어집니다: ${reason}. getState가 돌려준 값을 그대로 주세요.`,
  }),
  'random.bad_torch_seed': issue<{ seed: string }>('usage', {
    en: ({ seed }) =>
      `random: a seed of the torch dialects is a whole number from -2^63 to 2^64 - 1 (beyond 2^53 as a bigint), got ${seed}. Pass what torch.manual_seed got.`,
    ko: ({ seed }) =>
      `random: torch 방식의 시드는 -2^63 이상 2^64 - 1 이하의 정수여야 합니다(2^53을 넘으면 bigint). 받은 값: ${seed}. torch.manual_seed에 준 값을 그대로 주세요.`,
  }),
  'random.bad_probability': issue<{ p: number }>('usage', {
    en: ({ p }) => `random: bernoulli needs a probability from 0 to 1, got ${p}.`,
    ko: ({ p }) => `random: bernoulli에는 0 이상 1 이하의 확률이 필요합니다. 받은 값: ${p}.`,
  }),
} as const;
