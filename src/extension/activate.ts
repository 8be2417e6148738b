import * as vscode from 'vscode';
import { BackendUnavailable } from './backend/backendUnavailable.ts';
import { commands, pages, views } from './contributions.ts';
import type { Extension } from './extension.ts';
import { theEditorsTurn } from './theEditorsTurn.ts';

/**
 * Registers what VS Code looks for as soon as this returns, and nothing else: every window does this, also where
 * nobody uses the extension. What stands behind it is loaded when the editor has had its turn.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Tokenfare', { log: true });
  started = start(context, log);
  started.catch((error: unknown) => {
    log.error(error instanceof Error ? error : String(error));
  });
  const extension = started;
  context.subscriptions.push(
    log,
    vscode.window.registerWebviewViewProvider(views.chat, {
      resolveWebviewView: async (view) => (await extension).showChat(view),
    }),
    vscode.window.registerWebviewPanelSerializer(pages.review, {
      deserializeWebviewPanel: async (panel, kept) => (await extension).restoreReview(panel, kept),
    }),
    vscode.window.registerWebviewPanelSerializer(pages.account, {
      deserializeWebviewPanel: async (panel) => (await extension).restoreAccount(panel),
    }),
    ...registeredCommands(extension, log),
  );
}

/** Awaited by VS Code when the window closes: what the chat has not yet written is written now. */
export async function deactivate(): Promise<void> {
  const extension = await started?.catch(() => undefined);
  await extension?.close();
}

let started: Promise<Extension> | undefined;

/** One part after the other: each is read and run at once, and between them the editor has its turn. */
async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<Extension> {
  await theEditorsTurn();
  await import('../protocol/api.ts');
  await theEditorsTurn();
  const { startExtension } = await import('./extension.ts');
  await theEditorsTurn();
  // A process's first number in somebody's language takes 12 ms, which the first balance would take at once.
  new Intl.NumberFormat(vscode.env.language).format(0);
  await theEditorsTurn();
  return startExtension(context, log);
}

/** Every declared command; what goes wrong is said in one sentence. */
function registeredCommands(extension: Promise<Extension>, log: vscode.LogOutputChannel): vscode.Disposable[] {
  return Object.values(commands).map((id) =>
    vscode.commands.registerCommand(id, async (target?: vscode.Uri) => {
      try {
        await (await extension).commands[id](target);
      } catch (error) {
        await tell(error, log);
      }
    }),
  );
}

/** With what mends it one press away: a sign-in where that is all that is missing, else the log. */
async function tell(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const needsSignIn = error instanceof BackendUnavailable && error.signedOut;
  const press = needsSignIn ? vscode.l10n.t('Sign In') : vscode.l10n.t('Show Log');
  const sentence = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(sentence, press)) !== press) return;
  if (needsSignIn) await vscode.commands.executeCommand(commands.signIn);
  else log.show();
}
