import * as vscode from 'vscode';
import type { ModelsBody } from '../../protocol/api.ts';
import type { Composer } from '../../protocol/chat.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import { settings } from '../contributions.ts';
import { currentModel } from './currentModel.ts';
import { draftRange } from './draftRange.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly choose: () => unknown;
}

/**
 * A quick pick of what the backend offers, with price factor, window and the price of the draft; the choice goes to
 * the settings. Where the backend is ours, a provider can be added: `addProvider` is null elsewhere.
 */
export async function chooseModel(
  client: BackendClient,
  composer: Composer | null,
  addProvider: (() => Promise<unknown>) | null,
): Promise<void> {
  const { data } = await client.models();
  const current = currentModel(data);
  const models = data.map((model): ModelItem => ({
    label: model.tokenfare.name ?? model.id,
    description: vscode.l10n.t(
      model.tokenfare.failing === true ? '×{0} · does not answer now' : '×{0}',
      model.tokenfare.multiplier,
    ),
    detail: detailOf(model, composer),
    ...(model.id === current?.id ? { iconPath: new vscode.ThemeIcon('check') } : {}),
    choose: () => setModel(model.id),
  }));
  const adding: ModelItem[] =
    addProvider === null
      ? []
      : [
          { label: '', kind: vscode.QuickPickItemKind.Separator, choose: () => undefined },
          {
            label: `$(add) ${vscode.l10n.t('Add a Provider…')}`,
            detail: vscode.l10n.t(
              'OpenAI, Anthropic, Google, Mistral, OpenRouter or any address that speaks OpenAI’s API',
            ),
            choose: addProvider,
          },
        ];
  const chosen = models.find((_, at) => data[at] === current);
  const picked = await pick([...models, ...adding], chosen);
  await picked?.choose();
}

/** Enter keeps what is `chosen`. */
function pick(items: readonly ModelItem[], chosen: ModelItem | undefined): Promise<ModelItem | undefined> {
  const list = vscode.window.createQuickPick<ModelItem>();
  list.title = vscode.l10n.t('Choose Model');
  list.items = items;
  if (chosen) list.activeItems = [chosen];
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function detailOf(model: ModelsBody['data'][number], composer: Composer | null): string {
  const { language } = vscode.env;
  const window = vscode.l10n.t('{0} model tokens of context', model.tokenfare.contextWindow.toLocaleString(language));
  const range = composer && draftRange(composer, model, language);
  return range === null ? window : `${vscode.l10n.t('This draft: {0} tokens', range)} · ${window}`;
}

async function setModel(id: string): Promise<void> {
  await vscode.workspace.getConfiguration().update(settings.defaultModel, id, vscode.ConfigurationTarget.Global);
}
