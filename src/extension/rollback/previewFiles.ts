import type { RollbackPreview } from '../../protocol/rollbackPreview.ts';

type PreviewedFile = RollbackPreview['files'][number];

/** What the store says a roll back would do to one file. */
interface StorePreviewFile {
  readonly path: string;
  readonly kind: 'deleted' | 'restored' | 'changed' | 'renamed';
  readonly conflict: boolean;
  readonly damaged: boolean;
  readonly added: number;
  readonly removed: number;
  readonly laterEdits: boolean;
  readonly otherNames: boolean;
}

const kinds: Record<StorePreviewFile['kind'], PreviewedFile['kind']> = {
  deleted: 'deleted',
  restored: 'recreated',
  changed: 'restored',
  renamed: 'renamed',
};

/** The dry run as the chat shows it; `lineOf` finds the first line, counted from 1, that was edited since. */
export async function previewFiles(
  files: readonly StorePreviewFile[],
  outside: readonly string[],
  lineOf: (path: string) => Promise<number | null>,
): Promise<PreviewedFile[]> {
  const previewed = files.map(async (file): Promise<PreviewedFile> => {
    const { path, added, removed } = file;
    if (file.damaged) return { path, kind: 'damaged', added: 0, removed: 0 };
    const names = file.otherNames ? { otherNames: true as const } : {};
    const shown = { path, kind: kinds[file.kind], added, removed, ...names };
    if (file.conflict) return { ...shown, conflictLine: (await lineOf(path)) ?? 1 };
    const line = file.laterEdits ? await lineOf(path) : null;
    return line === null ? shown : { ...shown, keepsLine: line };
  });
  const known = new Set(files.map(({ path }) => path));
  const untouched = outside
    .filter((path) => !known.has(path))
    .map((path): PreviewedFile => ({ path, kind: 'unchanged', added: 0, removed: 0 }));
  return [...(await Promise.all(previewed)), ...untouched];
}
