import * as vscode from 'vscode';
import type { Wording } from '../meter/statusBarView.ts';
import type { HistoryCommands } from './historyCommands.ts';
import { historyItem } from './historyItem.ts';
import type { HistoryHit } from './searchHistory.ts';

export interface ChatPick {
  readonly search: (query: string) => Promise<readonly HistoryHit[]>;
  /** Something was changed: the next search reads everything anew. */
  readonly changed: () => void;
  readonly commands: HistoryCommands;
  /** The conversation that is shown now. */
  readonly shown: string;
  /** Whether an answer is being written in it now. */
  readonly isRunning: (id: string) => boolean;
  readonly wording: Wording;
  readonly failed: (error: unknown) => void;
}

type Item = vscode.QuickPickItem & { readonly hit: HistoryHit };

/** Lists all conversations of this workspace, searched by every word in them. Resolves when it closes. */
export function pickChat(parts: ChatPick): Promise<void> {
  const closed = Promise.withResolvers<undefined>();
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Chat History');
  pick.placeholder = vscode.l10n.t('Search everything that was said, or pick a chat');
  const list = async () => {
    const query = pick.value;
    const hits = await parts.search(query);
    if (query === pick.value) pick.items = hits.map((hit) => itemOf(hit, parts));
  };
  const refresh = () => void list().catch(parts.failed);
  pick.onDidChangeValue(refresh);
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    pick.hide();
    if (item) parts.commands.show(item.hit.id).catch(parts.failed);
  });
  pick.onDidTriggerItemButton(({ item: { hit }, button }) => {
    const act = actions.find(({ icon }) => (button.iconPath as vscode.ThemeIcon).id === icon);
    if (!act) return;
    if (act.closes) pick.hide();
    act
      .run(parts.commands, hit)
      .then(() => {
        parts.changed();
        return act.closes ? undefined : list();
      })
      .catch(parts.failed);
  });
  pick.onDidHide(() => {
    pick.dispose();
    closed.resolve(undefined);
  });
  pick.show();
  refresh();
  return closed.promise;
}

interface Action {
  readonly icon: string;
  readonly label: () => string;
  /** It asks or opens something in the place of the list. */
  readonly closes: boolean;
  readonly applies: (hit: HistoryHit) => boolean;
  readonly run: (commands: HistoryCommands, hit: HistoryHit) => Promise<void>;
}

const always = () => true;
const actions: readonly Action[] = [
  {
    icon: 'edit',
    label: () => vscode.l10n.t('Rename'),
    closes: true,
    applies: always,
    run: (commands, { id }) => commands.rename(id),
  },
  {
    icon: 'pin',
    label: () => vscode.l10n.t('Pin'),
    closes: false,
    applies: ({ isPinned }) => !isPinned,
    run: (commands, { id }) => commands.pin(id, true),
  },
  {
    icon: 'pinned',
    label: () => vscode.l10n.t('Unpin'),
    closes: false,
    applies: ({ isPinned }) => isPinned,
    run: (commands, { id }) => commands.pin(id, false),
  },
  {
    icon: 'markdown',
    label: () => vscode.l10n.t('Export as Markdown'),
    closes: true,
    applies: always,
    run: (commands, { id }) => commands.export(id),
  },
  {
    icon: 'trash',
    label: () => vscode.l10n.t('Delete'),
    closes: false,
    applies: always,
    run: (commands, { id }) => commands.delete(id),
  },
];

/** `alwaysShow`: the search has read what the list does not show. */
function itemOf(hit: HistoryHit, { shown, isRunning, wording }: ChatPick): Item {
  const buttons = actions
    .filter(({ applies }) => applies(hit))
    .map(({ icon, label }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip: label() }));
  return {
    ...historyItem(hit, { isShown: hit.id === shown, isRunning: isRunning(hit.id) }, wording),
    hit,
    buttons,
    alwaysShow: true,
  };
}
