import type { Review, ReviewedFile } from '../../protocol/review.ts';
import type { Message } from '../../protocol/chat.ts';
import type { KeptParts } from '../chat/chatState.ts';
import type { ListedGeneration } from '../node/checkpoints/describe.ts';

export interface ReviewInput {
  /** The generation's or local edit's id. */
  readonly id: string;
  /** Its answer or local edit in the chat; undefined if that is no longer known. */
  readonly message: Message | undefined;
  /** What of it the person has accepted. */
  readonly kept: KeptParts;
  /** Its checkpoints as the store lists them, the first first. */
  readonly listed: readonly ListedGeneration[];
  /** Whether files may be written at all. */
  readonly canUndo: boolean;
  /** A number that rises whenever what stands at a path may have changed. */
  readonly versionOf: (path: string) => number;
}

/** A generation as the review page shows it. */
export function reviewSnapshot({ id, message, kept, listed, canUndo, versionOf }: ReviewInput): Review {
  const running = message?.role === 'assistant' && message.state === 'streaming';
  const prompt = listed[0]?.prompt ?? '';
  // An answer that is still being written has no checkpoint before its first change.
  if (listed.length === 0 && !running) return { kind: 'lost', prompt, reason: 'dropped', detail: '' };
  const isKept = message?.role === 'assistant' && message.changesState === 'kept';
  return {
    kind: 'generation',
    id,
    prompt,
    running,
    files: reviewedFiles(listed, { isKept, kept, versionOf }),
    receipt: message?.role === 'assistant' ? (message.receipt ?? null) : null,
    isFree: message?.role === 'localEdit',
    canRedo: listed.some(({ rollbacks }) => rollbacks.length > 0),
    canUndo,
  };
}

interface Marks {
  readonly isKept: boolean;
  readonly kept: KeptParts;
  readonly versionOf: (path: string) => number;
}

function reviewedFiles(listed: readonly ListedGeneration[], marks: Marks): ReviewedFile[] {
  const files = new Map<string, ReviewedFile>();
  for (const file of listed.flatMap((checkpoint) => checkpoint.files)) {
    const earlier = files.get(file.path);
    const shown = reviewedFile(file, marks);
    files.set(file.path, earlier === undefined ? shown : together(earlier, shown));
  }
  for (const path of listed.flatMap(({ outside }) => outside)) {
    if (!files.has(path)) files.set(path, outsideFile(path, marks.versionOf(path)));
  }
  return [...files.values()];
}

function reviewedFile(file: ListedGeneration['files'][number], { isKept, kept, versionOf }: Marks): ReviewedFile {
  const parts = kept[file.path];
  return {
    path: file.path,
    kind: file.kind === 'changed' ? 'edited' : file.kind,
    from: file.from ?? null,
    added: file.added,
    removed: file.removed,
    state: stateOf(file.undone, isKept || parts === 'all'),
    ...(file.undone === 'partly' ? { partlyUndone: true } : {}),
    keptHunks: Array.isArray(parts) ? [...parts] : [],
    version: versionOf(file.path),
  };
}

/** Who keeps what is left of a file that is partly undone has decided all of it. */
function stateOf(undone: 'whole' | 'partly' | undefined, isKept: boolean): ReviewedFile['state'] {
  if (undone === 'whole') return 'undone';
  if (isKept) return 'kept';
  return undone === 'partly' ? 'partly' : 'pending';
}

/** A generation that went on came back to the file. */
function together(earlier: ReviewedFile, later: ReviewedFile): ReviewedFile {
  return {
    ...earlier,
    ...later,
    kind: earlier.kind === 'created' && later.kind === 'edited' ? 'created' : later.kind,
    from: earlier.from ?? later.from,
    added: earlier.added + later.added,
    removed: earlier.removed + later.removed,
    state: earlier.state === later.state ? later.state : 'partly',
  };
}

function outsideFile(path: string, version: number): ReviewedFile {
  return { path, kind: 'outside', from: null, added: 0, removed: 0, state: 'pending', keptHunks: [], version };
}
