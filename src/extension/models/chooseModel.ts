import * as vscode from 'vscode';
import type { BackendClient } from '../backend/backendClient.ts';
import { settings } from '../contributions.ts';
import { currentModel } from './currentModel.ts';

/** A quick pick of what the backend offers, with price factor and window; the choice goes to the settings. */
export async function chooseModel(client: BackendClient): Promise<void> {
  const { data } = await client.models();
  const current = currentModel(data);
  const items = data.map((model) => ({
    id: model.id,
    label: model.tokenfare.name ?? model.id,
    description: vscode.l10n.t('×{0}', model.tokenfare.multiplier),
    detail: vscode.l10n.t(
      '{0} model tokens of context',
      model.tokenfare.contextWindow.toLocaleString(vscode.env.language),
    ),
    ...(model.id === current?.id ? { iconPath: new vscode.ThemeIcon('check') } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose Model') });
  if (!picked) return;
  await vscode.workspace.getConfiguration().update(settings.defaultModel, picked.id, vscode.ConfigurationTarget.Global);
}
