/**
 * A grid of braille dots, two across and four down per character. Each cell remembers the owner of the dot that was
 * set last, so that it can be painted.
 */
export class BrailleCanvas {
  readonly columns: number;
  readonly rows: number;
  private readonly dots: Uint8Array;
  private readonly owners: Int16Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.dots = new Uint8Array(columns * rows);
    this.owners = new Int16Array(columns * rows).fill(-1);
  }

  /** Dots across. */
  get width(): number {
    return 2 * this.columns;
  }

  /** Dots down. */
  get height(): number {
    return 4 * this.rows;
  }

  /** Sets the dot `x` from the left and `y` from the top; outside the grid nothing happens. */
  set(x: number, y: number, owner: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const cell = (y >> 2) * this.columns + (x >> 1);
    this.dots[cell] |= bits[y & 3][x & 1];
    this.owners[cell] = owner;
  }

  /** A straight line between two dots, both included. */
  line(x0: number, y0: number, x1: number, y1: number, owner: number): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let i = 0; i <= steps; i++) {
      this.set(Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps), owner);
    }
  }

  /** The character of a cell (a space where no dot is set) and the owner of its last dot. */
  cell(column: number, row: number): { character: string; owner: number } {
    const index = row * this.columns + column;
    const dots = this.dots[index];
    return { character: dots === 0 ? ' ' : String.fromCodePoint(0x2800 + dots), owner: this.owners[index] };
  }
}

/** Bits of the dots in a braille character by row and column; rows 1-3 came first in Unicode, row 4 later. */
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
