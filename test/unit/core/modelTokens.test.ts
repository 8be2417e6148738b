import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { approximateModelTokens } from '../../../src/core/modelTokens.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const source = new URL('../../../src/core/', import.meta.url);
const code = readdirSync(source)
  .filter((name) => name.endsWith('.ts'))
  .map((name): [string, string] => [name, readFileSync(new URL(name, source), 'utf8')]);

describe('approximateModelTokens', () => {
  const prose: [name: string, text: string][] = [
    [
      'a request',
      'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.',
    ],
    ['German', 'Erstelle bitte eine Tabelle mit allen Benutzern, sortierbar nach Name; und eine Suche dazu.'],
    ['Russian', 'Создай таблицу пользователей с колонками имя, почта и статус, и добавь сортировку по всем колонкам.'],
    ['Chinese', '创建一个用户表，包含姓名、电子邮件和状态列，并在所有列上添加排序功能。'],
    ['JSON', JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, name: `User ${id}`, active: id % 2 === 0 })))],
    [
      'a page',
      '<section class="cards">\n  <h2 id="plans">Plans</h2>\n  <p>Choose what fits you best.</p>\n</section>\n'.repeat(
        30,
      ),
    ],
  ];
  for (const [name, text] of [...prose, ...code]) {
    it(`is within a quarter of the tokenizer's count for ${name}`, () => {
      const ratio = approximateModelTokens(text) / countTokens(text);
      assert.ok(ratio > 0.75 && ratio < 1.25, `${ratio.toFixed(2)} times`);
    });
  }

  it('judges a long text by samples, as well as a short one', () => {
    const long = code
      .map(([, text]) => text)
      .join('\n')
      .repeat(3);
    const ratio = approximateModelTokens(long) / countTokens(long);
    assert.ok(long.length > 100_000);
    assert.ok(ratio > 0.75 && ratio < 1.25, `${ratio.toFixed(2)} times`);
  });

  it('is a whole number from 0, and 0 only for nothing', () => {
    assert.equal(approximateModelTokens(''), 0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const count = approximateModelTokens(text);
        assert.ok(Number.isSafeInteger(count) && count >= 0 && count <= text.length + 1);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
