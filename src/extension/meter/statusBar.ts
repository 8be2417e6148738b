import * as vscode from 'vscode';
import { commands, settings } from '../contributions.ts';
import type { Meter } from './meter.ts';
import { statusBarView, type Wording } from './statusBarView.ts';

/** Right side, before the language and encoding items: where people look for what is left. */
const PRIORITY = 110;

/** The token meter in VS Code's status bar. A click opens the balance menu. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('tokenfare.balance', vscode.StatusBarAlignment.Right, PRIORITY);
  readonly #meter: Meter;
  readonly #wording: Wording;
  readonly #subscriptions: vscode.Disposable[];

  constructor(meter: Meter, wording: Wording) {
    this.#meter = meter;
    this.#wording = wording;
    this.#item.name = vscode.l10n.t('Tokenfare balance');
    this.#subscriptions = [
      meter.onDidChange(() => {
        this.#render();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.showStatusBar)) this.#render();
      }),
    ];
    this.#render();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  #render(): void {
    if (!vscode.workspace.getConfiguration().get<boolean>(settings.showStatusBar, true)) {
      this.#item.hide();
      return;
    }
    const balance = this.#meter.balance;
    const view = statusBarView(balance, this.#wording);
    this.#item.text = view.text;
    this.#item.accessibilityInformation = { label: view.label, role: 'button' };
    this.#item.tooltip = new vscode.MarkdownString(view.tooltip.map(escapeMarkdown).join('  \n'));
    this.#item.backgroundColor = view.warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.command = balance.connection.kind === 'signedOut' ? commands.signIn : commands.showBalance;
    this.#item.show();
  }
}

function escapeMarkdown(line: string): string {
  return line.replace(/[\\`*_{}[\]()#+!<>|]/g, '\\$&');
}
