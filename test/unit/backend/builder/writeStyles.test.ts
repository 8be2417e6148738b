import assert from 'node:assert/strict';
import { readRequest } from '../../../../src/backend/models/builder/readRequest.ts';
import { writeHtmlPage } from '../../../../src/backend/models/builder/writeHtmlPage.ts';
import { writeTsxPage } from '../../../../src/backend/models/builder/writeTsxPage.ts';

function pagesOf(said: string): { code: string; styles: string }[] {
  const reading = readRequest(said);
  assert.ok(reading.kind === 'create');
  const ways = [writeHtmlPage(reading.spec), writeTsxPage(reading.spec, { folder: '', component: 'Page' })];
  return ways.map((files) => {
    const ending = (wanted: RegExp) => files.find((file) => wanted.test(file.path))?.content ?? '';
    return { code: ending(/[.](?:js|tsx)$/), styles: ending(/[.]css$/) };
  });
}

describe('how pages of builder look', () => {
  it('sets the headers of numbers over them, and every sort button as its header', () => {
    for (const said of [
      'Create a products table with name, price and stock, sortable',
      'Create a products table with name, price and stock',
      'Create a dashboard with revenue and a table of recent orders',
    ]) {
      for (const { code, styles } of pagesOf(said)) {
        assert.match(code, /scope(?:: '|=")col['"],?\s+class(?:Name)?(?:: |=[{])`cell-/, said);
        assert.match(styles, /[.]cell-money,[^}]*text-align: right/);
        if (said.endsWith('sortable')) assert.match(styles, /thead button [{][^}]*text-align: inherit/);
      }
    }
  });

  it('sets a label behind its box, and what is wrong under both', () => {
    for (const { code, styles } of pagesOf('Create a form with name, terms checkbox and newsletter checkbox')) {
      assert.match(code, /key: 'terms', label: 'I accept the terms', type: 'boolean'/);
      assert.match(code, /key: 'newsletter', label: 'Newsletter', type: 'boolean'/);
      assert.match(styles, /[.]field[.]boolean label [{]\s+order: 1;/);
      assert.match(styles, /[.]field[.]boolean [.]error [{]\s+grid-column: 1 \/ -1;\s+order: 2;/);
    }
  });
});
