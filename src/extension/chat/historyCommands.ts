import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import type { ChatHistory } from './chatHistory.ts';
import { chatMarkdown } from './chatMarkdown.ts';
import type { ChangeAnswer } from './sessionFiles.ts';

/** What a person can do with a conversation by its id, each with its questions; what cannot be done is said. */
export class HistoryCommands {
  readonly #history: ChatHistory;

  constructor(history: ChatHistory) {
    this.#history = history;
  }

  /** Shows it; one that another window shows can be opened as a copy. */
  async show(id: string): Promise<void> {
    const answer = await this.#history.show(id);
    await vscode.commands.executeCommand(commands.openChat);
    if (answer !== 'elsewhere') {
      sayRefusal(answer === 'shown' ? 'done' : answer);
      return;
    }
    const copy = vscode.l10n.t('Open a Copy');
    const sentence = vscode.l10n.t('This chat is open in another window. A copy goes its own way.');
    if ((await vscode.window.showInformationMessage(sentence, copy)) === copy) await this.#history.showCopy(id);
  }

  async rename(id: string): Promise<void> {
    const thread = await this.#history.thread(id);
    if (!thread) {
      sayRefusal('missing');
      return;
    }
    const prompt = vscode.l10n.t('The chat’s title');
    const title = await vscode.window.showInputBox({ prompt, value: thread.title, validateInput: emptyTitle });
    if (title !== undefined) sayRefusal(await this.#history.rename(id, title.trim()));
  }

  async pin(id: string, isPinned: boolean): Promise<void> {
    sayRefusal(await this.#history.pin(id, isPinned));
  }

  /** Deletes without asking first: it can be undone. */
  async delete(id: string): Promise<void> {
    const title = (await this.#history.thread(id))?.title ?? '';
    const answer = await this.#history.delete(id);
    if (answer !== 'done') {
      sayRefusal(answer);
      return;
    }
    const undo = vscode.l10n.t('Undo');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('Deleted the chat “{0}”.', title), undo)
      .then(async (pressed) => {
        if (pressed === undo) sayRefusal(await this.#history.restore(id));
      });
  }

  /** Opens the conversation as an unsaved Markdown file, to be read, copied or saved anywhere. */
  async export(id: string): Promise<void> {
    const thread = await this.#history.thread(id);
    if (!thread || thread.messages.length === 0) {
      sayRefusal('missing');
      return;
    }
    const content = chatMarkdown(thread, {
      you: vscode.l10n.t('You'),
      tokenfare: 'Tokenfare',
      rolledBack: vscode.l10n.t('rolled back'),
      changed: (path, added, removed) => `${path} +${String(added)} −${String(removed)}`,
      attached: (labels) => vscode.l10n.t('With {0}', labels),
      charged: (tokens) => vscode.l10n.t('{0} tokens', tokens),
      free: vscode.l10n.t('Done here, 0 tokens'),
    });
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
  }
}

function emptyTitle(title: string): string | undefined {
  return title.trim() === '' ? vscode.l10n.t('A title has at least one letter.') : undefined;
}

function sayRefusal(answer: ChangeAnswer): void {
  switch (answer) {
    case 'done':
      return;
    case 'elsewhere':
      return say(vscode.l10n.t('This chat is open in another window. Nothing was changed; do it there.'));
    case 'missing':
      return say(vscode.l10n.t('Nothing was said in this chat yet, or it was deleted in another window.'));
    case 'damaged':
      return say(vscode.l10n.t('This chat can’t be read. Its file was left as it is.'));
  }
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}
