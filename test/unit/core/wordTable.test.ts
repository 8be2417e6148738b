import assert from 'node:assert/strict';
import { wordTable } from '../../../src/core/wordTable.ts';

describe('a table of words', () => {
  const table = wordTable({ grey: 'gray' });

  it('has its entries', () => {
    assert.equal(table['grey'], 'gray');
    assert.deepEqual(Object.entries(table), [['grey', 'gray']]);
  });

  it('has no name that every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      assert.equal(table[name], undefined);
      assert.equal(name in table, false);
    }
  });
});
