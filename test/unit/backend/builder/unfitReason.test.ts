import assert from 'node:assert/strict';
import { BuilderChat } from '../../../support/builderChat.ts';

const USERS = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';

describe('why builder does not change a page', () => {
  for (const [request, reason] of [
    ['make name a badge', 'A badge needs a column with a few known values.'],
    ['filter by email', 'A filter needs a column with a few known values.'],
    ['newest first', 'There is no date to sort by.'],
    ['500 rows per page', 'A page can show 1 to 100 rows.'],
    ['sort by age', 'There is no “age” in the users table, only Name, Email and Status.'],
    ['41 sample rows', 'I make at most 40 sample rows.'],
    ['make status a badge', 'That is already so.'],
  ] as const) {
    it(`names what is there and asks for “${request}”, and no other model`, async () => {
      const chat = new BuilderChat();
      await chat.say(USERS);
      assert.equal(await chat.say(request), reason);
      assert.equal((await chat.complete()).message.refusal_kind, 'asks');
    });
  }

  for (const [request, reason] of [
    ['make name required', 'A table has nothing to fill in, so that is for forms and CRUD pages.'],
    ['add a toolbar', "I didn't understand “add a toolbar”."],
    ['add a chart of orders by week', 'Figures and charts are for dashboards.'],
  ] as const) {
    it(`says what it is where it can't do “${request}”`, async () => {
      const chat = new BuilderChat();
      await chat.say(USERS);
      assert.ok((await chat.say(request)).startsWith(`${reason} Builder is no AI model`));
      assert.equal((await chat.complete()).message.refusal_kind, undefined);
    });
  }
});
