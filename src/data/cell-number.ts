/** The number that a cell holds; NaN for anything but a finite decimal number. */
export function cellNumber(cell: string): number {
  const trimmed = cell.trim();
  // Number() would also take '', '0x1f', '0b1' and 'Infinity'.
  if (trimmed === '' || /[a-df-z_]/i.test(trimmed)) return Number.NaN;
  const value = Number(trimmed);
  return Math.abs(value) <= 3.4028234663852886e38 ? value : Number.NaN;
}
