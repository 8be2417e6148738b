import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { advise, type EarlierMessage } from '../../../../src/core/advice.ts';

// Each file is about one kind of advice: what must be advised, "|", the draft. "-" says that this kind must not be,
// whatever else may. Half of each are drafts that only look like the kind.

const folder = new URL('cases/', import.meta.url);

function sent(prompt: string, minutesAgo: number): EarlierMessage {
  return { prompt, secondsAgo: minutesAgo * 60, charged: 2_400, rolledBack: false, failed: false };
}

const ABOUT: Readonly<Record<string, { kind: string; earlier: EarlierMessage[] }>> = {
  'editForFree.txt': { kind: 'edit-for-free', earlier: [] },
  'batch.txt': {
    kind: 'batch',
    earlier: [
      sent('build a contacts table with name and phone', 6),
      sent('add a company column', 4),
      sent('make the table sortable by name', 2),
    ],
  },
  'rollBack.txt': { kind: 'roll-back', earlier: [sent('turn the product list into a grid with filters', 1)] },
  'addDetail.txt': { kind: 'add-detail', earlier: [] },
};

for (const name of readdirSync(folder)) {
  describe(`advise: ${name}`, () => {
    const about = ABOUT[name];
    for (const line of readFileSync(new URL(name, folder), 'utf8').split('\n')) {
      const [, wanted, prompt] = /^(\S+) \| (.*)$/.exec(line) ?? [];
      if (wanted === undefined || prompt === undefined) continue;
      it(line, () => {
        assert.ok(about && (wanted === about.kind || wanted === '-'));
        const given = advise({ prompt, earlier: about.earlier, queue: [], balance: 250_000, allowance: 300_000 });
        assert.equal(
          given.some(({ kind }) => kind === about.kind),
          wanted === about.kind,
          JSON.stringify(given),
        );
      });
    }
  });
}
