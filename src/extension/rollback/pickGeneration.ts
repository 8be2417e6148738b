import * as vscode from 'vscode';
import type { Millitokens } from '../../core/tokens.ts';
import type { Wording } from '../meter/statusBarView.ts';
import type { KeptGeneration } from './keptGenerations.ts';
import { megabytes } from './megabytes.ts';
import { rollbackItem } from './rollbackItem.ts';
import type { KeptFolder } from './rollbacks.ts';

/** What was chosen: a generation to roll back, or a roll back to redo. */
export type PickedGeneration =
  | { readonly kind: 'rollBack'; readonly id: string }
  | { readonly kind: 'redo'; readonly folder: vscode.Uri; readonly rollbackId: string };

export interface GenerationPick {
  /** What is searched for at first. */
  readonly text: string;
  readonly folders: readonly KeptFolder[];
  readonly wording: Wording;
  /** The most that checkpoints may take, as the setting says. */
  readonly maxBytes: number;
  /** What generations of this chat cost. */
  readonly known: ReadonlyMap<string, Millitokens>;
  /** What earlier ones cost; it may take a while, and may not be known. */
  readonly earlier: Promise<ReadonlyMap<string, Millitokens>>;
}

type Item = vscode.QuickPickItem & { readonly generation: KeptGeneration; readonly folder: vscode.Uri };

/**
 * Lists the generations of this workspace, the latest first, to be searched by prompt, time, state and file. Undefined
 * if none was chosen.
 */
export function pickGeneration(given: GenerationPick): Promise<PickedGeneration | undefined> {
  const { folders, maxBytes } = given;
  const picked = Promise.withResolvers<PickedGeneration | undefined>();
  const pick = vscode.window.createQuickPick<Item>();
  const bytes = folders.reduce((sum, folder) => sum + folder.bytes, 0);
  const size = (each: number) => megabytes(each, given.wording.locale);
  pick.title = vscode.l10n.t('Roll Back: {0} of {1} MB used on the disk', size(bytes), size(maxBytes));
  pick.placeholder = vscode.l10n.t('Pick what to roll back. You see what would happen first.');
  pick.value = given.text;
  pick.matchOnDetail = true;
  pick.items = itemsOf(given, given.known);
  let isShown = true;
  void given.earlier.then((earlier) => {
    if (!isShown || earlier.size === 0) return;
    const active = pick.activeItems[0]?.generation.id;
    pick.items = itemsOf(given, new Map([...earlier, ...given.known]));
    pick.activeItems = pick.items.filter(({ generation }) => generation.id === active);
  });
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (!item) return;
    const { id, state } = item.generation;
    picked.resolve(state === 'rolledBack' ? redoOf(item) : { kind: 'rollBack', id });
    pick.hide();
  });
  pick.onDidTriggerItemButton(({ item }) => {
    picked.resolve(redoOf(item));
    pick.hide();
  });
  pick.onDidHide(() => {
    isShown = false;
    picked.resolve(undefined);
    pick.dispose();
  });
  pick.show();
  return picked.promise;
}

function itemsOf({ folders, wording }: GenerationPick, charged: ReadonlyMap<string, Millitokens>): Item[] {
  const all = folders.flatMap(({ folder, generations }) => generations.map((generation) => ({ folder, generation })));
  all.sort((a, b) => (a.generation.at < b.generation.at ? 1 : -1));
  return all.map(({ folder, generation }) => {
    const item = rollbackItem(generation, charged.get(generation.id), wording);
    const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? '';
    const place = folders.length > 1 ? { detail: `${name} · ${item.detail}` } : {};
    return { ...item, ...place, generation, folder, buttons: generation.redo === null ? [] : [redoButton()] };
  });
}

function redoButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('redo'), tooltip: vscode.l10n.t('Redo') };
}

/** What is rolled back whole can only be redone. */
function redoOf({ generation: { redo }, folder }: Item): PickedGeneration | undefined {
  return redo === null ? undefined : { kind: 'redo', folder, rollbackId: redo };
}
