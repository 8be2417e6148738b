import { datesIn } from '../../../src/extension/meter/dates.ts';
import type { Wording } from '../../../src/extension/meter/statusBarView.ts';

/** English words as VS Code would give them without a language pack, and dates in UTC. */
export const wording: Wording = {
  l10n: {
    t: (message: unknown, ...args: unknown[]) =>
      String(message).replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  locale: 'en-GB',
  dates: datesIn('en-GB', 'UTC'),
};
