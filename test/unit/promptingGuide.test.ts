import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { advise } from '../../src/core/advice.ts';
import { estimate, type Estimate } from '../../src/core/estimate.ts';
import { formatRange } from '../../src/core/formatTokens.ts';
import { mergedPrice } from '../../src/core/mergedPrice.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';

const guide = readFileSync(path.join(projectRoot, 'docs', 'prompting-guide.md'), 'utf8');
/** As the page says at its beginning. */
const CONTEXT_TOKENS = 2_000;
const price = (prompt: string, contextTokens = CONTEXT_TOKENS): Estimate =>
  estimate({ prompt, contextTokens, multiplier: 1 });
const range = ({ low, high }: Pick<Estimate, 'low' | 'high'>): string => formatRange(low, high, 'en');

/** The rows of the tables of one section: message and price. */
function rows(section: string): [string, string][] {
  const [, text = ''] = guide.split(`## ${section}\n`);
  const own = text.split('\n## ')[0] ?? '';
  return [...own.matchAll(/^\| `(.+)` +\| +([\d.–]+) \|$/gm)].map((row) => [row[1] ?? '', row[2] ?? '']);
}

describe('the prompting guide', () => {
  it('names every price as it is estimated', () => {
    const all = guide.split('\n').filter((line) => line.startsWith('| `'));
    assert.ok(all.length >= 14);
    for (const line of all) {
      const [, message = '', shown] = /^\| `(.+)` +\| +([\d.–]+) \|$/.exec(line) ?? [];
      assert.equal(shown, range(price(message)), message);
    }
  });

  it('names the rates of the card', () => {
    const rates = [...guide.matchAll(/^\| [^`|]+ \| +([\d.]+) \|$/gm)].map((row) => Number(row[1]) * 1_000);
    const { message, promptPer1000, contextPer1000, cachedPer1000, responsePer1000 } = defaultRateCard;
    assert.deepEqual(rates, [message, promptPer1000, contextPer1000, cachedPer1000, responsePer1000]);
    assert.ok(guide.includes(`with ${CONTEXT_TOKENS.toLocaleString('en')} model tokens of project`));
  });

  it('adds up what is sent together and one by one', () => {
    const { together, apart } = mergedPrice(rows('Ask for several things at once').map(([message]) => price(message)));
    assert.ok(guide.includes(`\nTogether ${range(together)} · one by one ${range(apart)}\n`));
  });

  it('says for free only of what is advised to be done for free', () => {
    const free = rows('Do small things by hand');
    assert.equal(free.length, 3);
    for (const [prompt] of free) {
      const [advice] = advise({ prompt, earlier: [], queue: [], balance: 300_000, allowance: 300_000 });
      assert.equal(advice?.kind, 'edit-for-free', prompt);
    }
  });

  it('begins with first messages that leave nothing to ask for', () => {
    const prompts = rows('Say it in the first message').map(([prompt]) => prompt);
    const vague = prompts.filter((prompt) => {
      const advice = advise({ prompt, earlier: [], queue: [], balance: 300_000, allowance: 300_000 });
      return advice.some(({ kind }) => kind === 'add-detail');
    });
    assert.deepEqual(vague, ['Create a users table']);
  });

  it('says what a long history adds', () => {
    const [, tokens = '', adds] =
      /([\d,]+) model tokens of history add ([\d.]+) to/.exec(guide.replace(/\n/g, ' ')) ?? [];
    const history = Number(tokens.replace(',', ''));
    const added = price('Add a phone column', CONTEXT_TOKENS + history).likely - price('Add a phone column').likely;
    assert.equal(Number(adds) * 1_000, added);
  });
});
