/** into += weight row, for the bias moments: -∂U/∂bias is the state itself for every unit so far. */
export function addRow(row: ArrayLike<number>, start: number, weight: number, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] += weight * row[start + i];
}
