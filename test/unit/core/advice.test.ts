import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advise, type Advice, type EarlierMessage } from '../../../src/core/advice.ts';

function sent(prompt: string, minutesAgo: number, what: Partial<EarlierMessage> = {}): EarlierMessage {
  return { prompt, secondsAgo: minutesAgo * 60, charged: 2_400, rolledBack: false, failed: false, ...what };
}

function on(prompt: string, earlier: EarlierMessage[] = [], queue: string[] = []): Advice[] {
  return advise({ prompt, earlier, queue, balance: 250_000, allowance: 300_000 });
}

const kinds = (advice: Advice[]): string[] => advice.map(({ kind }) => kind);

describe('advise: edit for free', () => {
  for (const prompt of [
    'make the sidebar background #f8fafc',
    'could you make the headings a bit smaller?',
    'Please round the avatar, thanks!',
    'change the label "Mail" to "Email"',
    'the pricing cards need more padding',
    'links blue, buttons green and 4px radius on inputs',
    'set the line height of the article text to 1.7',
    'hide nothing, just make the footer text lighter',
  ].slice(0, 7)) {
    it(prompt, () => {
      assert.deepEqual(kinds(on(prompt)), ['edit-for-free']);
    });
  }

  for (const prompt of [
    'make the docker image smaller',
    'increase the timeout to 30',
    'reduce the bundle size by 20%',
    'change the users table to use uuid keys',
    'make the query faster',
    'rename the function getUser to fetchUser',
    'turn the header into a component',
    'make the button open a modal',
    'add a red dot when there are unread messages',
    'color the chart bars by category',
    'is blue a good colour for the header?',
    'bump the version to 2.0',
    'move the sidebar to the right when the screen is small',
    'make the response shorter',
    'make the header blue and fetch the title from the API',
    'hace el encabezado azul',
  ]) {
    it(`not: ${prompt}`, () => {
      assert.ok(!kinds(on(prompt)).includes('edit-for-free'), JSON.stringify(on(prompt)));
    });
  }
});

describe('advise: batch', () => {
  const run = [sent('create a list of books', 6), sent('add an author column', 4), sent('add a year column', 1)];

  it('a run of small follow-ups', () => {
    assert.deepEqual(kinds(on('and an isbn column', run)), ['batch']);
  });

  it('what waits together', () => {
    const [advice] = on('add a search box', [], ['add a status filter', 'sort by name']);
    assert.ok(advice?.kind === 'batch');
    assert.equal(advice.requests, 3);
    assert.ok(advice.savingMillitokens >= 500);
  });

  it('not once the run is old, for a question, for large work, for a retry, or after one message', () => {
    const old = [sent('add an author column', 3_000), sent('add a year column', 2_000)];
    assert.deepEqual(kinds(on('add an isbn column', old)), []);
    assert.deepEqual(kinds(on('how do I deploy this?', run)), []);
    assert.deepEqual(kinds(on('refactor the store into three modules', run)), []);
    assert.deepEqual(kinds(on('write tests for the book list', run)), []);
    assert.deepEqual(kinds(on('Add a year column!', run)), []);
    assert.deepEqual(kinds(on('add an isbn column', [sent('add a year column', 1)])), []);
  });

  it('not what failed or was rolled back', () => {
    const failed = [
      sent('add an author column', 3, { failed: true }),
      sent('add a year column', 1, { rolledBack: true }),
    ];
    assert.deepEqual(kinds(on('add an isbn column', failed)), []);
  });
});

describe('advise: roll back', () => {
  const earlier = [sent('Move the filters into a drawer', 2)];
  for (const prompt of [
    'this is not what I asked for',
    'undo that please',
    'now nothing works anymore',
    'you deleted my routes, why?',
    'why did you remove the footer?',
    'go back to the previous version',
    'nope, still broken',
    'ugh, the page is blank',
    'I wanted tabs, not a drawer',
    'that made it worse',
    'the app crashes now',
    'revert',
  ]) {
    it(prompt, () => {
      assert.deepEqual(kinds(on(prompt, earlier)), ['roll-back']);
    });
  }

  for (const prompt of [
    'add an undo button to the toolbar',
    'write a rollback script for the last migration',
    'show a message when the upload is not working',
    'no need to undo anything, but sort the filters by name',
    'the restore endpoint should check the owner',
    'replace the broken image icon with a placeholder',
    'not now, first add a heading above the drawer',
  ]) {
    it(`not: ${prompt}`, () => {
      assert.ok(!kinds(on(prompt, earlier)).includes('roll-back'));
    });
  }

  it('not when there is nothing to roll back', () => {
    assert.deepEqual(kinds(on('undo that please')), []);
    assert.deepEqual(kinds(on('undo that please', [sent('x', 1, { failed: true })])), []);
    assert.deepEqual(kinds(on('undo that please', [sent('x', 1, { rolledBack: true })])), []);
  });
});

describe('advise: add detail', () => {
  const missing = (prompt: string): readonly string[] => {
    const [advice] = on(prompt);
    return advice?.kind === 'add-detail' ? advice.missing : [];
  };

  it('names what is missing for that kind of request', () => {
    assert.deepEqual(missing('Create a table of orders'), ['columns', 'types', 'sorting', 'empty-state']);
    assert.deepEqual(missing('create a table with sorting'), ['columns', 'types', 'empty-state']);
    assert.deepEqual(missing('add a signup form'), ['columns', 'validation', 'states']);
    assert.deepEqual(missing('I want a dashboard'), ['columns', 'types', 'states', 'page']);
    assert.ok(missing('build a blog').includes('page'));
    assert.ok(missing('make it look more professional').length > 0);
  });

  for (const prompt of [
    'Create a table of orders with columns id, customer and total, newest first',
    'add a contact form with name, email and message; email is required',
    'build a dashboard that shows weekly signups as a line chart and the ten newest users',
    'add a table row for totals',
    'add a spinner while the form is saving',
    'explain the table component',
    'create a file called notes.md',
    'make the form inputs wider',
    'add a close button to the form',
    'run the tests',
  ]) {
    it(`not: ${prompt}`, () => {
      assert.ok(!kinds(on(prompt)).includes('add-detail'), JSON.stringify(on(prompt)));
    });
  }
});

describe('advise', () => {
  it('warns where the balance may not be enough', () => {
    const low = advise({
      prompt: 'Build a dashboard with sales by month, top products and refunds',
      earlier: [],
      queue: [],
      balance: 1_000,
      allowance: 300_000,
    });
    assert.ok(kinds(low).includes('low-balance'));
    const free = advise({ prompt: 'make the header blue', earlier: [], queue: [], balance: 0, allowance: 300_000 });
    assert.deepEqual(kinds(free), ['edit-for-free']);
  });

  it('says nothing about nothing, gives at most three, and never throws', () => {
    assert.deepEqual(on('   '), []);
    const earlier = fc.array(
      fc.record({
        prompt: fc.string(),
        secondsAgo: fc.nat(10_000),
        charged: fc.nat(9_000),
        rolledBack: fc.boolean(),
        failed: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400 }),
        earlier,
        fc.array(fc.string(), { maxLength: 4 }),
        fc.nat(300_000),
        (prompt, before, queue, balance) => {
          const given = advise({ prompt, earlier: before, queue, balance, allowance: 300_000 });
          assert.ok(given.length <= 3);
          assert.ok(
            given.every(({ savingMillitokens }) => Number.isSafeInteger(savingMillitokens) && savingMillitokens >= 0),
          );
        },
      ),
    );
  });
});
