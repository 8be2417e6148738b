import * as vscode from 'vscode';
import { settings } from '../contributions.ts';
import type { Wording } from '../meter/statusBarView.ts';
import { capWords } from './capWords.ts';
import { checkpointLimits } from './checkpointLimits.ts';
import type { Checkpoints } from './checkpoints.ts';

export interface CapParts {
  readonly checkpoints: Checkpoints;
  readonly wording: Wording;
  readonly now: () => Date;
  /** Says something and answers the button that was pressed, or undefined if it was closed. */
  readonly ask: (sentence: string, ...buttons: string[]) => Thenable<string | undefined>;
}

/** Keeps checkpoints within the limits of the settings. What goes is named first; nothing goes without a word. */
export class CheckpointCaps {
  readonly #parts: CapParts;
  /** Asked once at a time, and not again in this window once the person wants to keep what is there. */
  readonly #silent = new Set<string>();

  constructor(parts: CapParts) {
    this.#parts = parts;
  }

  /** Looks at a folder's checkpoints; what is over the limits is named, and goes unless the person keeps it. */
  async check(folder: vscode.Uri): Promise<void> {
    const key = folder.toString();
    if (this.#silent.has(key)) return;
    this.#silent.add(key);
    let isToBeKept = false;
    try {
      isToBeKept = await this.#look(folder);
    } finally {
      if (!isToBeKept) this.#silent.delete(key);
    }
  }

  /** Whether the person wants to keep what is over the limits. */
  async #look(folder: vscode.Uri): Promise<boolean> {
    const { checkpoints, wording, now, ask } = this.#parts;
    const store = await checkpoints.of(folder);
    const { generations, bytes } = await store.overCap(checkpointLimits(now()));
    if (generations.length === 0) return false;
    const [keep, change] = [vscode.l10n.t('Keep Them'), vscode.l10n.t('Change Limits')];
    const pressed = await ask(capWords(generations, bytes, wording), vscode.l10n.t('Drop Them'), change, keep);
    if (pressed === keep) return true;
    if (pressed === change)
      await vscode.commands.executeCommand('workbench.action.openSettings', settings.rollbackMaxSize);
    else await store.drop(generations.map(({ id }) => id));
    return false;
  }
}
