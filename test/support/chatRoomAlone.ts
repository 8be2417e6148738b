import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { BackendClient } from '../../src/extension/backend/backendClient.ts';
import { KnownAccounts } from '../../src/extension/backend/knownAccounts.ts';
import { BackendConnection } from '../../src/extension/backend/backendConnection.ts';
import { ArchivedAnswers } from '../../src/extension/chat/archivedAnswers.ts';
import { Chat, type ChatDependencies } from '../../src/extension/chat/chat.ts';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { openChatRoom } from '../../src/extension/chat/openChatRoom.ts';
import { datesIn } from '../../src/extension/meter/dates.ts';
import { Projects } from '../../src/extension/projects/projects.ts';
import { LiveSpend } from '../../src/extension/meter/liveSpend.ts';
import { Meter } from '../../src/extension/meter/meter.ts';
import { Savings } from '../../src/extension/meter/savings.ts';
import { StorageFiles } from '../../src/extension/node/storageFiles.ts';
import { OpenReview } from '../../src/extension/review/openReview.ts';
import { reviewLayout } from '../../src/extension/review/reviewLayout.ts';
import { CheckpointCaps, type CapParts } from '../../src/extension/rollback/checkpointCaps.ts';
import { Checkpoints } from '../../src/extension/rollback/checkpoints.ts';
import { MemoryMemento } from './memoryMemento.ts';
import { ScriptedBackend } from './scriptedBackend.ts';
import { watcherCaughtUp } from './watcherCaughtUp.ts';

const wording = { l10n: vscode.l10n, locale: 'en', dates: datesIn('en', 'UTC') };

/**
 * A chat of its own inside the real VS Code: real workspace, real checkpoints, a scripted backend, storage that goes
 * with it.
 */
export class ChatRoomAlone {
  readonly backend = new ScriptedBackend();
  /** Where its files are. */
  readonly storage = mkdtempSync(path.join(tmpdir(), 'tokenfare-chat-'));
  readonly #globalState = new MemoryMemento();
  readonly workspaceState = new MemoryMemento();
  readonly #log = vscode.window.createOutputChannel(`Tokenfare test ${randomUUID()}`, { log: true });
  readonly #opened: { dispose(): void }[] = [];
  /** Whether its backend is one that other computers use too. */
  isShared = false;
  accounts = new KnownAccounts('', this.#globalState);
  savings = new Savings(this.accounts.current);

  async start(): Promise<void> {
    await watcherCaughtUp();
    await this.backend.start();
  }

  /** A window's chat on this storage; another one is what a reloaded window finds. Resolves when it could send. */
  async open(): Promise<ChatRoom> {
    const parts = this.#parts();
    const room = await openChatRoom({ ...parts, kept: this.accounts.current });
    this.#opened.push(room);
    while (parts.connection.state.kind !== 'ready') await new Promise((resolve) => setImmediate(resolve));
    return room;
  }

  /** The whole of a window's chat, which follows who is signed in, and its line to the backend. */
  openChat(): { readonly chat: Chat; readonly connection: BackendConnection } {
    const parts = this.#parts();
    const chat = new Chat(parts, this.accounts);
    this.#opened.push(chat);
    return { chat, connection: parts.connection };
  }

  #parts(): Omit<ChatDependencies, 'kept'> {
    const now = () => new Date();
    const locator = { locate: () => Promise.resolve({ url: this.backend.url, key: 'k' }) };
    const connection = new BackendConnection(locator, this.#log, now);
    const client = new BackendClient(() => connection.endpoint());
    const [liveSpend, savings] = [new LiveSpend(), this.savings];
    const meter = new Meter({ connection, client, spend: liveSpend, savings, now });
    const storage = vscode.Uri.file(this.storage);
    const context = {
      storageUri: storage,
      globalStorageUri: storage,
      globalState: this.#globalState,
      workspaceState: this.workspaceState,
      extensionUri: vscode.Uri.file(path.resolve('.')),
    } as unknown as vscode.ExtensionContext;
    const newId = () => randomUUID();
    const projects = new Projects({ connection, client, isShared: this.isShared, kept: this.workspaceState, newId });
    this.#opened.push(meter, connection);
    return {
      ...{ context, connection, client, liveSpend, savings, meter, projects },
      ...{ log: this.#log, wording, now, newId },
    };
  }

  /** The next window finds the backend of this address, empty for the one on this machine. */
  switchTo(address: string): void {
    this.accounts = new KnownAccounts(address, this.#globalState);
    this.savings.show(this.accounts.current);
  }

  /** This storage's checkpoints, as another window has them. */
  checkpoints(): Checkpoints {
    const checkpoints = new Checkpoints(
      vscode.Uri.file(path.join(this.storage, this.accounts.current.named('checkpoints'))),
    );
    this.#opened.push(checkpoints);
    return checkpoints;
  }

  /** The cap on this storage's checkpoints, with a person who answers. */
  caps(ask: CapParts['ask']): CheckpointCaps {
    return new CheckpointCaps({ checkpoints: this.checkpoints(), wording, now: () => new Date(), ask });
  }

  /** What the review page shows of a generation, as a window that is just opened sees it. */
  review(room: ChatRoom, id: string): OpenReview {
    return new OpenReview(id, null, {
      session: room.session,
      checkpoints: this.checkpoints(),
      rollbacks: room.rollbacks,
      archive: new ArchivedAnswers(new StorageFiles(path.join(this.storage, 'chat'))),
      log: this.#log,
      rollBack: (request) => room.rollBack(request),
      openFile: () => Promise.resolve(),
      layout: reviewLayout(this.#globalState),
    });
  }

  async stop(): Promise<void> {
    for (const opened of this.#opened) opened.dispose();
    this.#log.dispose();
    await this.backend.stop();
    rmSync(this.storage, { recursive: true, force: true });
  }
}
