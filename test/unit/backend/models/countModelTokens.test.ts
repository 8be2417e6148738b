import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, it } from 'mocha';
import { countModelTokens } from '../../../../src/backend/models/countModelTokens.ts';

describe('model tokens', () => {
  it('are counted in slices exactly as in one piece, in prose and in code', async () => {
    const prose =
      'Create a users table, with columns: name and email!  Then (maybe) sort it by 12345 things.\n\n'.repeat(200);
    const code = readFileSync(new URL('../../../../src/core/estimate.ts', import.meta.url), 'utf8');
    for (const text of [prose, code, `${code}<|endoftext|>`, '漢字かな '.repeat(2_000)]) {
      assert.equal(await countModelTokens(text), countTokens(text, { disallowedSpecial: new Set() }));
    }
  });

  it('of a text without a break are counted to within a hundredth', async () => {
    const letters = Array.from({ length: 40_000 }, (_, at) => String.fromCharCode(97 + ((at * at) % 26))).join('');
    const counted = await countModelTokens(letters.repeat(2));
    const whole = letters.match(/.{1000}/g)?.reduce((sum, part) => sum + countTokens(part), 0) ?? 0;
    assert.ok(Math.abs(counted / (2 * whole) - 1) < 0.01, `${counted} ${2 * whole}`);
  });
});
