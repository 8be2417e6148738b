import type { Amount, Change, Intent } from '../intent.ts';

/** Whether two wishes of one message cannot both come true: the header blue, and the header red. */
export function contradicts(earlier: Intent, later: Intent): boolean {
  const sameThing = earlier.target === later.target || JSON.stringify(earlier.target) === JSON.stringify(later.target);
  return sameThing && clash(earlier.change, later.change);
}

function clash(earlier: Change, later: Change): boolean {
  if (earlier.kind === 'color' && later.kind === 'color')
    return earlier.property === later.property && clashingColors(earlier, later);
  if (earlier.kind === 'length' && later.kind === 'length') {
    const sameSides = [...earlier.sides].sort().join() === [...later.sides].sort().join();
    return earlier.property === later.property && sameSides && clashingAmounts(earlier.amount, later.amount);
  }
  if (earlier.kind === 'keyword' && later.kind === 'keyword')
    return earlier.property === later.property && earlier.value !== later.value;
  if (earlier.kind === 'shadow' && later.kind === 'shadow') return growing(earlier) !== growing(later);
  if (earlier.kind === 'border' && later.kind === 'border')
    return earlier.amount !== later.amount && earlier.sides.join() === later.sides.join();
  if (earlier.kind === 'text' && later.kind === 'text')
    return earlier.from === later.from && earlier.attribute === later.attribute && earlier.to !== later.to;
  return false;
}

type ColorChange = Extract<Change, { kind: 'color' }>;

/** "darker, like #1e3a8a" says first how and then what; the other way round nobody knows. */
function clashingColors({ value: earlier }: ColorChange, { value: later }: ColorChange): boolean {
  if (earlier.kind === 'relative')
    return later.kind === 'relative' && (earlier.direction !== later.direction || earlier.hue !== later.hue);
  return JSON.stringify(earlier) !== JSON.stringify(later);
}

/** "more space, like 16px": a step may be followed by what it means. */
function clashingAmounts(earlier: Amount, later: Amount): boolean {
  if (earlier.kind === 'step' && earlier.by === null)
    return later.kind === 'remove' || (later.kind === 'step' && later.sign !== earlier.sign);
  return earlier.kind !== 'default' && JSON.stringify(earlier) !== JSON.stringify(later);
}

function growing({ amount }: Extract<Change, { kind: 'shadow' }>): boolean {
  return amount === 'add' || amount === 'more';
}
