import assert from 'node:assert/strict';
import { BuilderChat } from '../../../support/builderChat.ts';

const USERS = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';

describe('builder in a chat', () => {
  it('writes the users table in one call and closes in a second', async () => {
    const chat = new BuilderChat({ 'README.md': '# Shop' });
    const said = await chat.say(USERS);
    assert.deepEqual([...chat.files.keys()], ['README.md', 'users.html', 'users.css', 'users.js']);
    assert.match(said, /^Made `users\.html`, `users\.css` and `users\.js`: .*every column sorts/);
    assert.deepEqual(chat.charges, ['metered', 'metered']);
    assert.ok(chat.outputTokens > 1_500 && chat.outputTokens < 2_600, `${chat.outputTokens} model tokens`);
  });

  it('writes the same bytes for the same request', async () => {
    const [first, second] = [new BuilderChat(), new BuilderChat()];
    await first.say(USERS);
    await second.say(USERS);
    assert.deepEqual(first.files, second.files);
  });

  it('never overwrites a file with a new page', async () => {
    const chat = new BuilderChat({ 'users.css': 'mine' });
    await chat.say(USERS);
    assert.equal(chat.files.get('users.css'), 'mine');
    assert.ok(chat.files.has('users-2.html'));
  });

  it('writes a component where package.json has react', async () => {
    const chat = new BuilderChat({ 'package.json': '{"dependencies":{"react":"19.0.0"}}', 'src/App.tsx': '' });
    await chat.say(USERS);
    assert.ok(chat.files.get('src/UsersTable.tsx')?.includes('export function UsersTable('));
    assert.ok(chat.files.has('src/UsersTable.css'));
  });

  it('refuses React where there is none, and reads pictures as what they are', async () => {
    assert.match(
      await new BuilderChat().say('Create a React users table with name and email'),
      /there is no React in package\.json/,
    );
  });

  it('refuses at no cost what it cannot serve', async () => {
    const chat = new BuilderChat();
    const said = await chat.say('Explain quicksort');
    assert.match(
      said,
      /^I didn't understand “Explain quicksort”\. Builder is no AI model: it makes tables, list and CRUD/,
    );
    assert.match(said, /forms, multi-step forms and dashboards, and changes to pages that it made itself\.$/);
    assert.equal(said.match(/[.](?= |$)/g)?.length, 2, 'two sentences');
    assert.deepEqual(chat.charges, ['none']);
  });

  it('draws a chart where a dashboard has figures alone, and says so', async () => {
    const chat = new BuilderChat();
    assert.match(
      await chat.say('Create a dashboard with orders, revenue and customers'),
      /3 figures and 1 chart\. .* You named no chart, so I added one of orders by month\.$/,
    );
    assert.match(
      chat.files.get('dashboard.js') ?? '',
      /const charts = \[[\s\S]*title: 'Orders by month',[\s\S]*role: 'img'/,
    );
    const own = await new BuilderChat().say('Create a dashboard with orders and a line chart of revenue by week');
    assert.doesNotMatch(own, /You named no/);
    assert.match(
      await new BuilderChat().say('make a dashboard'),
      / You named no parts, so these are the usual ones\.$/,
    );
  });

  it('ends a form in steps with a review, and keeps it there whatever changes', async () => {
    const chat = new BuilderChat();
    const said = await chat.say('Create a wizard with steps: Account (email, password), Profile (name, birthday)');
    assert.match(said, / its last step lists all answers to check and change\./);
    const titles = () =>
      [...(chat.files.get('details-form.js') ?? '').matchAll(/title: '(\w+)'/g)].map(([, title]) => title);
    assert.deepEqual(titles(), ['Account', 'Profile', 'Review']);
    await chat.say('add a phone field after name');
    await chat.say('remove the email and password fields');
    assert.deepEqual(titles(), ['Profile', 'Review']);
    const own = new BuilderChat();
    await own.say('Create a wizard with steps: Account (email), Summary (notes)');
    assert.match(own.files.get('details-form.js') ?? '', /title: 'Summary', fields: \[\{ key: 'notes'/);
  });

  it('lists the files itself where nobody sent a list', async () => {
    const chat = new BuilderChat();
    chat.messages.push({ role: 'user', content: USERS });
    const { message } = await chat.complete({ messages: chat.messages });
    assert.deepEqual(
      message.tool_calls?.map((call) => call.function.name),
      ['list_files'],
    );
  });
});

describe('follow-ups of builder', () => {
  async function users(): Promise<BuilderChat> {
    const chat = new BuilderChat();
    await chat.say(USERS);
    return chat;
  }
  const script = (chat: BuilderChat) => chat.files.get('users.js') ?? '';

  it('adds a column where it was asked for, sorting like the others, with values', async () => {
    const chat = await users();
    assert.equal(
      await chat.say('Add a phone column after email'),
      'Added a column *Phone* to the users table, sortable like the others, with sample values. Changed `users.js`.',
    );
    assert.match(script(chat), /key: 'email'.*\n {2}\{ key: 'phone', label: 'Phone', type: 'phone', sort: true \},\n/);
    assert.equal(script(chat).match(/phone: '\+1 555/g)?.length, 8);
  });

  it('adds search and paging to every file that needs them', async () => {
    const chat = await users();
    await chat.say('Add search and pagination (5 per page) to the users table');
    assert.match(script(chat), /const searchIn = \['name', 'email', 'status'\];\nconst pageSize = 5;/);
    assert.match(chat.files.get('users.html') ?? '', /id="search"[\s\S]*id="next"/);
    assert.match(chat.files.get('users.css') ?? '', /\.tools \{/);
  });

  it('comes to the same as asking for all at once', async () => {
    const chat = await users();
    await chat.say('Add a role column (admin, editor) and make it a badge');
    await chat.say('rename the Email column to Mail');
    await chat.say('filter by role');
    const whole = new BuilderChat();
    await whole.say(
      'Create a users table with name, mail (email), status badge and role badge (admin, editor), sortable, filter by role',
    );
    const columns = (text: string) =>
      /const columns = \[[\s\S]*?\n\];/.exec(text)?.[0].replace("key: 'email'", "key: 'mail'");
    assert.equal(columns(script(chat)), columns(script(whole)));
    assert.equal(chat.files.get('users.css'), whole.files.get('users.css'));
  });

  it('turns a table into a page to add, edit and delete, the same as one made at once', async () => {
    const chat = await users();
    const said = await chat.say('Let me add, edit and delete users');
    assert.match(said, /^Users can now be added, edited and deleted\./);
    const whole = new BuilderChat();
    await whole.say('I want to manage users: name, email, status (as colored badge), sortable');
    assert.deepEqual(chat.files, whole.files);
  });

  it('keeps what a person changed elsewhere in the files', async () => {
    const chat = await users();
    chat.files.set('users.css', (chat.files.get('users.css') ?? '').replace('#2563eb', 'rebeccapurple'));
    chat.files.set(
      'users.js',
      script(chat).replace("'Ben Larsen'", "'Benjamin'").replace("return '–'", "return 'none'"),
    );
    await chat.say('Add search');
    assert.match(chat.files.get('users.css') ?? '', /rebeccapurple[\s\S]*\.tools/);
    assert.match(script(chat), /Benjamin[\s\S]*const searchIn[\s\S]*return 'none'/);
  });

  it('works with Windows line ends', async () => {
    const chat = await users();
    for (const [path, content] of chat.files) chat.files.set(path, content.replace(/\n/g, '\r\n'));
    assert.match(await chat.say('Add a phone column'), /Changed `users\.js`\.$/);
    assert.ok(!/[^\r]\n/.test(script(chat)), 'a line lost its carriage return');
  });

  for (const [what, change] of [
    ['code among the data', (text: string) => text.replace("label: 'Name'", "label: title('Name')")],
    ['a spread in the data', (text: string) => text.replace('const rows = [', 'const rows = [\n  ...more,')],
    ['another program', () => 'const columns = [];\nconst rows = [];\n'],
    [
      'a rewritten place',
      (text: string) => text.replace(/const view = .*\n/, '').replace('function visibleRows', 'function seen'),
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const chat = await users();
      const changed = change(script(chat));
      chat.files.set('users.js', changed);
      assert.match(await chat.say('Add search'), /was changed so much that I can't tell safely/);
      assert.equal(script(chat), changed);
      assert.equal(chat.charges.at(-1), 'none');
    });
  }

  it('changes forms, steps, dashboards and components', async () => {
    const html = new BuilderChat();
    await html.say('I need a signup form: email, password (min 8), country select');
    await html.say('Add a phone field after email and make it optional');
    assert.match(html.files.get('signup-form.js') ?? '', /key: 'phone', label: 'Phone', type: 'phone' \},/);
    await html.say('make a dashboard');
    assert.equal(await html.say('change the title to Shop'), 'The heading is now “Shop”. Changed `dashboard.html`.');
    const react = new BuilderChat({ 'package.json': '{"devDependencies":{"react":"19"}}' });
    await react.say(USERS);
    assert.match(await react.say('Add a phone column'), /Changed `UsersTable\.tsx`\.$/);
    assert.match(await react.say('filter by status'), /`UsersTable\.tsx` and `UsersTable\.css`/);
  });

  it('says each change in a sentence of its own', async () => {
    const chat = await users();
    for (const [request, ...sentences] of [
      [
        'add columns role and city',
        'Added the columns *Role* and *City* to the users table, sortable like the others,',
      ],
      ['make role a badge', '*Role* is now a colored badge: Admin, Editor and Viewer.'],
      [
        'rename city to town and remove the email column',
        'Renamed the column *City* to *Town*.',
        'Removed the column *Email* from the users table.',
      ],
      [
        'add search, filter by role and 5 rows per page',
        'Added a search over *Name*, *Status*, *Role* and *Town*.',
        'Added a filter by *Role*.',
        'The table now shows 5 users a page.',
      ],
      ['sorted by name descending', 'The table now starts sorted by *Name*, descending.'],
    ] as const) {
      const said = await chat.say(request);
      for (const sentence of sentences) assert.ok(said.includes(sentence), `“${said}” lacks “${sentence}”`);
    }
    await chat.say('I need a signup form: email, password');
    assert.match(
      await chat.say('Add a phone field to the signup form'),
      /^Added a field \*Phone\* to the signup form, required\. /,
    );
    assert.match(await chat.say('make phone optional in the signup form'), /^\*Phone\* is now optional\. /);
    assert.match(
      await chat.say('add an optional bio field to the signup form'),
      /^Added a field \*Bio\* to the signup form, optional\./,
    );
  });

  it('takes out again what it put in', async () => {
    const chat = await users();
    const before = new Map(chat.files);
    await chat.say('add search, filter by status and 5 rows per page');
    for (const [request, said] of [
      ['remove the search', 'Took the search out of the users table.'],
      ['remove filters', 'Took the filters out of the users table.'],
      ['remove pagination', 'Took the paging out of the users table.'],
    ] as const) {
      assert.ok((await chat.say(request)).startsWith(said));
    }
    assert.deepEqual(chat.files, before);
    await chat.say('remove sorting');
    assert.doesNotMatch(script(chat), /sort: true/);
  });

  it('gives a dashboard more figures and charts, and takes them out', async () => {
    const chat = new BuilderChat();
    await chat.say('Create a dashboard with orders and revenue');
    const before = new Map(chat.files);
    assert.match(await chat.say('add a refunds card'), /^Added the figure \*Refunds\* with a sample value\./);
    assert.match(await chat.say('add a line chart of refunds by week'), /^Added a chart \*Refunds by week\* with/);
    assert.match(await chat.say('add a refunds card'), /^Refunds is already there\./);
    assert.match(
      await chat.say('remove the refunds chart'),
      /^Removed the chart \*Refunds by week\* from the dashboard\./,
    );
    assert.match(await chat.say('remove the refunds card'), /^Removed the figure \*Refunds\* from the dashboard\./);
    assert.deepEqual(chat.files, before);
    assert.match(
      await chat.say('remove the visitors card'),
      /^There is no “visitors card” in the dashboard, only Orders, Revenue and Orders by month\./,
    );
    assert.match(await chat.say('remove orders, revenue and the orders chart'), /^Nothing would be left\./);
    const table = await users();
    assert.match(await table.say('add a chart of orders by week'), /^Figures and charts are for dashboards\./);
  });

  it('leaves out of the sentences what was so already', async () => {
    const chat = await users();
    assert.equal(
      await chat.say('make status a badge and add search'),
      'Added a search over *Name*, *Email* and *Status*. Changed `users.html`, `users.css` and `users.js`.',
    );
  });

  it('says which options it chose, and where to change them', async () => {
    const chat = new BuilderChat();
    assert.match(
      await chat.say('Create a users table with name, role (admin, editor) and status badge'),
      / You named no options for Status, so I used Active, Invited and Suspended; change them in `users\.js`\.$/,
    );
    assert.match(
      await chat.say('add a country dropdown column'),
      / You named no options for Country, so I used Austria, Brazil, Canada and 7 more; change them in `users\.js`\./,
    );
    assert.match(
      await chat.say('Create a tasks table with title, status badge and priority badge'),
      /so I chose them: Status \(To do, In progress and Done\); Priority \(Low, Medium and High\); change/,
    );
    assert.doesNotMatch(await chat.say('Create a users table with name and role (admin, editor)'), /You named no/);
  });

  it('looks at files for nothing, so that a refusal after it costs nothing', async () => {
    const chat = await users();
    chat.charges.length = 0;
    await chat.say('Remove the phone column');
    assert.deepEqual(chat.charges, ['none', 'none']);
    chat.charges.length = 0;
    await chat.say('Add a phone column');
    assert.deepEqual(chat.charges, ['none', 'metered', 'metered']);
    const react = new BuilderChat({ 'package.json': '{}' });
    await react.say('Create a React users table with name and email');
    assert.deepEqual(react.charges, ['none', 'none']);
  });

  it('reads “sort by” as the order to start in, and “sortable” as what headers do', async () => {
    const chat = new BuilderChat();
    await chat.say('Create a users table with name, email and joined date');
    assert.match(await chat.say('make name sortable'), /^\*Name\* now sorts by click or keyboard\./);
    assert.match(await chat.say('add sorting on email'), /^\*Email\* now sorts by click or keyboard\./);
    assert.match(script(chat), /sortBy: ''/);
    assert.match(await chat.say('sort by name'), /^The table now starts sorted by \*Name\*, ascending\./);
    assert.match(script(chat), /sortBy: 'name', descending: false/);
    chat.charges.length = 0;
    assert.equal(await chat.say('sort by name'), 'That is already so.');
    assert.ok(chat.charges.every((charge) => charge === 'none'));
    assert.match(await chat.say('sort the users by email z-a'), /starts sorted by \*Email\*, descending\./);
    assert.match(await chat.say('sort by newest'), /starts sorted by \*Joined date\*, descending\./);
  });

  it('says what does not fit, and asks which page is meant', async () => {
    const chat = await users();
    assert.match(await chat.say('Add an email column'), /Email is already there\./);
    assert.match(
      await chat.say('Remove the phone column'),
      /^There is no “phone” in the users table, only Name, Email and Status\./,
    );
    assert.match(
      await chat.say('Add a phone column to the orders table'),
      /^There is no orders page here that I made\./,
    );
    assert.equal(await chat.say('make status a badge'), 'That is already so.');
    chat.files.set('x.html', '').set('x.css', '').set('x.js', '');
    chat.messages.length = 0;
    assert.match(await chat.say('Add a phone column'), /^Which page do you mean: users\.html and x\.html\?/);
  });

  it('takes files that were sent along for what they are, and reads nothing', async () => {
    const chat = await users();
    chat.messages.length = 0;
    for (const [path, text] of chat.files)
      chat.messages.push({ role: 'user', content: `File: ${path}\n\`\`\`\n${text}\`\`\`` });
    chat.charges.length = 0;
    assert.match(await chat.say('Add a phone column'), /Changed `users\.js`\.$/);
    assert.deepEqual(chat.charges, ['metered', 'metered']);
  });
});
