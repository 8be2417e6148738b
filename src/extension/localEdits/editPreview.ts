import * as vscode from 'vscode';
import { applyChanges } from '../../core/localEdits/applyChanges.ts';
import type { PlannedText } from '../rollback/changeApplier.ts';

/**
 * Shows what an edit would do, in VS Code's own diff, before anything changes. The planned texts are
 * documents that are nowhere but here.
 */
export class EditPreview implements vscode.Disposable {
  readonly #planned = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => this.#planned.get(uri.toString()) ?? '',
  });
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** Whether the person takes the edit, after having seen it under its `title`. */
  async confirm(title: string, folder: vscode.Uri, edits: readonly PlannedText[]): Promise<boolean> {
    const query = this.#newId();
    const shown = edits.map(({ path, text, changes }) => {
      const now = vscode.Uri.joinPath(folder, path);
      const planned = now.with({ scheme: SCHEME, query });
      this.#planned.set(planned.toString(), applyChanges(text, changes) ?? text);
      return [now, now, planned] as const;
    });
    try {
      await vscode.commands.executeCommand('vscode.changes', title, shown);
      return await taken(edits.map(({ path }) => path));
    } finally {
      await closeDiff(title);
      for (const [, , planned] of shown) this.#planned.delete(planned.toString());
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

const SCHEME = 'tokenfare-planned';

/** The question stays while the person looks through the diff. */
async function taken(paths: readonly string[]): Promise<boolean> {
  const apply = { label: vscode.l10n.t('Apply'), detail: paths.join(', ') };
  const discard = { label: vscode.l10n.t('Discard'), detail: vscode.l10n.t('Nothing is changed.') };
  const what = paths.length === 1 ? (paths[0] ?? '') : vscode.l10n.t('{0} files', paths.length);
  const title = vscode.l10n.t('This changes {0}. Nothing is changed yet.', what);
  return (await vscode.window.showQuickPick([apply, discard], { title, ignoreFocusOut: true })) === apply;
}

/** The API has no kind for a diff of several files: its tab is known by its name. */
async function closeDiff(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isDiff = ({ input, label }: vscode.Tab) => label.startsWith(title) && !(input instanceof vscode.TabInputText);
  await vscode.window.tabGroups.close(tabs.filter(isDiff));
}
