import assert from 'node:assert/strict';
import { BuilderChat } from '../../../support/builderChat.ts';

const USERS = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';

describe('what builder says where it wrote nothing', () => {
  it('shows the files in the answer where it may not write', async () => {
    const chat = new BuilderChat();
    chat.tools = ['read_file', 'list_files'];
    const said = await chat.say(USERS);
    assert.match(
      said,
      /^Here is a table of users as code; nothing was written\. Switch to Agent to have it written\. .*\n\n`users\.html`\n\n```html\n<!doc/,
    );
    assert.match(said, /\n```$/);
    assert.doesNotMatch(said, /Made|Open `/);
    assert.equal(chat.files.size, 0);
    const there = new BuilderChat();
    await there.say(USERS);
    there.tools = chat.tools;
    const changed = await there.say('add a phone column');
    assert.match(changed, /^Here is `users\.js` with the change; nothing was written\. Switch to Agent/);
    assert.doesNotMatch(changed, /Added|Changed/);
  });

  it('says what stands against writing, and to whom has no tools how to keep what it shows', async () => {
    const chat = new BuilderChat();
    chat.tools = ['read_file', 'list_files'];
    for (const [line, said] of [
      ['This folder is read-only: files can be read, not changed.', 'since this folder is read-only.'],
      ['This workspace is not trusted: files can be read, not changed.', 'since this workspace is not trusted.'],
    ] as const) {
      const system = { role: 'system', content: `Be brief.\n${line}\n\nWorkspace files:\nREADME.md` };
      const { message } = await chat.complete({ messages: [system, { role: 'user', content: USERS }] });
      assert.match(message.content ?? '', new RegExp(`; nothing was written, ${said}`));
    }
    chat.tools = [];
    assert.match(await chat.say(USERS), /; nothing was written\. Save each part under the name above it\. /);
  });

  it('says plainly when a tool failed', async () => {
    const chat = new BuilderChat();
    chat.messages.push({ role: 'user', content: USERS });
    const { message } = await chat.complete();
    chat.messages.push({ ...message });
    for (const call of message.tool_calls ?? []) {
      chat.messages.push({ role: 'tool', tool_call_id: call.id, content: 'Error: This folder is read-only.' });
    }
    const closing = (await chat.complete()).message;
    assert.equal(closing.content, 'Nothing was written. This folder is read-only.');
    const last = chat.messages.at(-1);
    chat.messages[chat.messages.length - 1] = { ...last, content: 'Error: The disk is full.' };
    assert.equal(
      (await chat.complete()).message.content,
      [
        'Nothing was written:',
        '- `users.html`: This folder is read-only.',
        '- `users.css`: This folder is read-only.',
        '- `users.js`: The disk is full.',
      ].join('\n'),
    );
    chat.messages[chat.messages.length - 1] = { ...last, content: 'Created users.js.' };
    assert.match(
      (await chat.complete()).message.content ?? '',
      /^Not everything was written:\n[^]*\nWritten: `users\.js`\.$/,
    );
  });
});
