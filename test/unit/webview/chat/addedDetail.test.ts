import assert from 'node:assert/strict';
import { addedDetail, detailOf } from '../../../../webview/chat/addedDetail.ts';
import type { MissingDetail } from '../../../../src/core/advice.ts';

describe('adding a detail to a draft', () => {
  /** The draft after some chips, with the cursor as a bar. */
  function after(draft: string, ...chips: MissingDetail[]): string {
    let text = draft;
    let caret = draft.length;
    for (const chip of chips) ({ text, caret } = addedDetail(text, detailOf(chip, draft)));
    return `${text.slice(0, caret)}|${text.slice(caret)}`;
  }

  it('goes on with the sentence, the cursor where the names come', () => {
    assert.equal(after('Create a users table', 'columns'), 'Create a users table with columns: |');
    assert.equal(after('Create a users table ', 'columns'), 'Create a users table with columns: |');
  });

  it('names what the kind of thing has', () => {
    assert.equal(after('Create a contact form', 'columns'), 'Create a contact form with fields: |');
    assert.equal(after('Create a sales dashboard', 'columns'), 'Create a sales dashboard with key figures for |');
    assert.equal(detailOf('columns', 'Create a contact form').label, 'fields');
  });

  it('begins a sentence of its own for what is one', () => {
    assert.equal(after('Create a users table', 'sorting'), 'Create a users table. Add sorting on all columns.|');
    assert.equal(after('Create a users table.', 'empty-state'), 'Create a users table. Show an empty state.|');
    assert.equal(
      after('Create a users table', 'sorting', 'states'),
      'Create a users table. Add sorting on all columns. Show loading and error states.|',
    );
  });

  it('leaves the cursor in what an earlier chip left open', () => {
    assert.equal(
      after('Create a users table', 'columns', 'sorting'),
      'Create a users table with columns: |\nAdd sorting on all columns.',
    );
  });
});
