import { label } from '../define.ts';

interface VerdictDetails {
  readonly kind: 'better' | 'worse' | 'no-difference' | 'one-seed';
  readonly first: string;
  readonly other: string;
  readonly difference: number;
  readonly halfWidth: number | null;
  readonly seeds: number;
  readonly measure: 'error' | 'loss';
}

/** A difference in points of error, or in loss. */
function amount({ measure }: VerdictDetails, value: number): string {
  return measure === 'error' ? (100 * value).toFixed(2) : value.toPrecision(3);
}

/** What is said about deep belief nets and their fine-tuning. */
export const dbnLabels = {
  verdict: label<VerdictDetails>({
    en: (details) => {
      const { kind, first, other, difference, halfWidth, seeds, measure } = details;
      const unit = measure === 'error' ? ' points of test error' : ' of test loss';
      const by = amount(details, Math.abs(difference));
      const range = halfWidth === null ? '' : ` ± ${amount(details, halfWidth)}`;
      switch (kind) {
        case 'better':
          return `${first} beats the best other start (${other}) by ${by}${range}${unit} (95 % interval over ${seeds} seeds).`;
        case 'worse':
          return `${first} loses to ${other} by ${by}${range}${unit} (95 % interval over ${seeds} seeds).`;
        case 'no-difference':
          return `${first} and the best other start (${other}) cannot be told apart: ${amount(details, difference)}${range}${unit} in its favour (95 % interval over ${seeds} seeds).`;
        case 'one-seed':
          return `With one seed ${first} is ${by}${unit} ${difference >= 0 ? 'better' : 'worse'} than the best other start (${other}); only more seeds tell whether that is more than chance.`;
      }
    },
    ko: (details) => {
      const { kind, first, other, difference, halfWidth, seeds, measure } = details;
      const unit = measure === 'error' ? '%p(테스트 오류율)' : '(테스트 손실)';
      const by = amount(details, Math.abs(difference));
      const range = halfWidth === null ? '' : ` ± ${amount(details, halfWidth)}`;
      switch (kind) {
        case 'better':
          return `'${first}' 초기화는 나머지 가운데 가장 좋은 '${other}' 초기화보다 ${by}${range}${unit} 낫습니다(시드 ${seeds}개, 95 % 구간).`;
        case 'worse':
          return `'${first}' 초기화는 '${other}' 초기화보다 ${by}${range}${unit} 못합니다(시드 ${seeds}개, 95 % 구간).`;
        case 'no-difference':
          return `'${first}' 초기화와 나머지 가운데 가장 좋은 '${other}' 초기화는 차이를 가릴 수 없습니다. 차이 ${amount(details, difference)}${range}${unit}(시드 ${seeds}개, 95 % 구간).`;
        case 'one-seed':
          return `시드 하나로는 '${first}' 초기화가 나머지 가운데 가장 좋은 '${other}' 초기화보다 ${by}${unit} ${difference >= 0 ? '낫습니다' : '못합니다'}. 우연인지 아닌지는 시드를 늘려야 알 수 있습니다.`;
      }
    },
  }),
} as const;
