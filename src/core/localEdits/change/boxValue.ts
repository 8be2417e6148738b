import type { Side } from '../intent.ts';

export const SIDES: readonly Side[] = ['top', 'right', 'bottom', 'left'];

/** "8px 16px" with some of its four sides moved; null if a side cannot be, or nothing would change. */
export function moveSides(value: string, sides: readonly Side[], move: (part: string) => string | null): string | null {
  const parts = value.trim().split(/\s+/);
  const [top = '', right = top, bottom = top, left = right] = parts;
  if (parts.length > 4 || top === '' || /[()]/.test(value)) return null;
  const four = [top, right, bottom, left];
  const wanted = sides.length === 0 ? SIDES : sides;
  const moved = four.map((part, index) => (wanted.includes(SIDES[index] ?? 'top') ? moveOne(part, move) : part));
  if (moved.some((part) => part === null)) return null;
  const written = writeFour(moved as string[], sides.length === 0 ? parts.length : 1);
  return written === value.trim() ? null : written;
}

/** One side of "8px 16px"; null where the value is no list of four sides at most. */
export function sideOf(value: string, side: Side): string | null {
  const parts = value.trim().split(/\s+/);
  const [top = '', right = top, bottom = top, left = right] = parts;
  return parts.length > 4 || top === '' || /[()]/.test(value) ? null : { top, right, bottom, left }[side];
}

/** What cannot move (auto, a zero that shrinks) stays, as long as something else moves. */
function moveOne(part: string, move: (part: string) => string | null): string | null {
  if (part === 'auto') return part;
  return move(part) ?? (/^0(?:px|rem|em)?$/.test(part) ? part : null);
}

/** As few parts as say it, but no fewer than there were. */
function writeFour([top = '', right = '', bottom = '', left = '']: readonly string[], atLeast: number): string {
  if (left !== right || atLeast > 3) return `${top} ${right} ${bottom} ${left}`;
  if (bottom !== top || atLeast > 2) return `${top} ${right} ${bottom}`;
  return right !== top || atLeast > 1 ? `${top} ${right}` : top;
}
