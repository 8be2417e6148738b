import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { answerOf, readGolden } from './goldenCases.ts';

const folder = new URL('golden/', import.meta.url);

for (const name of readdirSync(folder)) {
  describe(`free edits: ${name}`, () => {
    const golden = readGolden(readFileSync(new URL(name, folder), 'utf8'));
    for (const { heading, sentence, focus, expected } of golden.cases) {
      it(heading, () => {
        assert.equal(answerOf(golden, sentence, focus), expected);
      });
    }
  });
}
