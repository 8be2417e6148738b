import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { accountBody } from '../support/accountBody.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { eventually } from '../support/eventually.ts';
import type { ScriptedAnswer } from '../support/scriptedBackend.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };
const limited: ScriptedAnswer = { kind: 'error', status: 403, error: { code: 'project_limit' } };

describe('projects in the editor', () => {
  let alone: ChatRoomAlone;
  let room: ChatRoom;
  const [first = '', second = ''] = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const fileIn = (folder: string) => path.join(folder, '.tokenfare', 'project.json');

  /** Other chats of this window have made it a project too. */
  function forget(): void {
    for (const folder of [first, second]) rmSync(path.join(folder, '.tokenfare'), { recursive: true, force: true });
  }

  beforeEach(async () => {
    forget();
    alone = new ChatRoomAlone();
    alone.isShared = true;
    await alone.start();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await alone.stop();
    forget();
    rmSync(path.join(second, 'other.txt'), { force: true });
  });

  async function send(...script: ScriptedAnswer[]): Promise<void> {
    alone.backend.script(...script);
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'Do it' }), { kind: 'accepted' });
    await room.generations.settled();
  }
  const sentFor = () => alone.backend.requests.at(-1)?.headers['tokenfare-project'];
  const last = () => {
    const message = room.session.state.thread.messages.at(-1);
    assert.ok(message?.role === 'assistant');
    return message;
  };

  it('register themselves by the first message, under the id in the folder and its name', async () => {
    room = await alone.open();
    assert.ok(!existsSync(fileIn(first)));
    await send(done);
    const { id } = JSON.parse(readFileSync(fileIn(first), 'utf8')) as { id: string };
    assert.equal(sentFor(), id);
    const registered = { route: 'POST /v1/projects', body: JSON.stringify({ id, name: path.basename(first) }) };
    await eventually(() => assert.deepEqual(alone.backend.askedOfProjects, [registered]));
    await send(done);
    assert.equal(sentFor(), id);
    assert.equal(alone.backend.askedOfProjects.length, 1);
  });

  it('write nothing into the folder where no other computer asks for it, but what stands there counts', async () => {
    alone.isShared = false;
    room = await alone.open();
    await send(done);
    const id = sentFor();
    await send(done);
    assert.deepEqual([sentFor(), existsSync(fileIn(first))], [id, false]);
    mkdirSync(path.dirname(fileIn(first)), { recursive: true });
    writeFileSync(fileIn(first), JSON.stringify({ id: 'committed' }));
    await send(done);
    assert.equal(sentFor(), 'committed');
  });

  it('are that of the file in the editor, else of the first folder', async () => {
    room = await alone.open();
    await send(done);
    const ofFirst = sentFor();
    writeFileSync(path.join(second, 'other.txt'), 'x');
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(second, 'other.txt')));
    await send(done);
    const { id } = JSON.parse(readFileSync(fileIn(second), 'utf8')) as { id: string };
    assert.equal(sentFor(), id);
    assert.notEqual(id, ofFirst);
  });

  it('move Free here where it has another one, and the message goes again', async () => {
    room = await alone.open();
    alone.backend.projects = { projects: [{ id: 'p0', name: 'shop', active: true }], movesLeft: 2 };
    await send(limited);
    assert.deepEqual(last().failure, { kind: 'projectLimit', active: 'shop', movesLeft: 2 });
    const id = sentFor();
    alone.backend.script(done);
    await room.generations.useFreeHere(last().id);
    await room.generations.settled();
    assert.equal(last().state, 'done');
    assert.deepEqual(alone.backend.askedOfProjects.at(-1), {
      ...{ route: `POST /v1/projects/${String(id)}/activate`, body: '{}' },
    });
    assert.equal(room.session.state.thread.messages.length, 2, 'the message is there once');
  });

  it('stay where they are when they were moved too often, and the chat says so', async () => {
    room = await alone.open();
    await send(limited);
    alone.backend.projects = 'refused';
    await room.guard(() => room.generations.useFreeHere(last().id));
    assert.deepEqual(room.session.state.banner, { kind: 'problem', message: 'Moved three times.', showLog: true });
    assert.equal(last().state, 'failed');
  });

  it('write nothing into the folder where the person pays the models, and keep their id', async () => {
    alone.backend.account = accountBody({ setsOwnBudget: true });
    room = await alone.open();
    await send(done);
    const id = sentFor();
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    await send(done);
    assert.deepEqual([sentFor(), existsSync(fileIn(first))], [id, false]);
  });

  it('say which file is broken, and send nothing', async () => {
    mkdirSync(path.dirname(fileIn(first)), { recursive: true });
    writeFileSync(fileIn(first), '{}');
    room = await alone.open();
    await send();
    assert.equal(last().state, 'failed');
    assert.match(JSON.stringify(last().failure), /project\.json has no project id\. Mend it/);
    assert.equal(alone.backend.requests.length, 0);
  });
});
