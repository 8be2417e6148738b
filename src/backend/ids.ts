import { randomBytes } from 'node:crypto';

/** Makes ids that sort by the time they were made in, also within one millisecond: UUIDs of version 7. */
export type Ids = () => string;

/**
 * Within one millisecond ids count up in 12 bits from a random start in the lower half, so that they do not run over.
 */
const COUNTER_START_BITS = 0x7ff;
const COUNTER_MAX = 0xfff;
/** Random bytes are fetched for so many ids at once: one by one they cost more than all the rest of an id. */
const IDS_PER_FETCH = 256;
const ID_BYTES = 16;

/** Ids of one process. A clock that steps back does not bring ids out of order: the last instant is kept. */
export function createIds(clock: () => number, random: (bytes: number) => Buffer = randomBytes): Ids {
  let instant = 0;
  let counter = 0;
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    at += ID_BYTES;
    if (at >= bytes.length) [bytes, at] = [random(IDS_PER_FETCH * ID_BYTES), 0];
    const now = clock();
    if (now > instant) {
      instant = now;
      counter = bytes.readUInt16BE(at + 6) & COUNTER_START_BITS;
    } else if (counter === COUNTER_MAX) {
      instant += 1;
      counter = 0;
    } else {
      counter += 1;
    }
    bytes.writeUIntBE(instant, at, 6);
    bytes.writeUInt16BE(0x7000 | counter, at + 6);
    bytes.writeUInt8((bytes.readUInt8(at + 8) & 0x3f) | 0x80, at + 8);
    const hex = bytes.toString('hex', at, at + ID_BYTES);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
