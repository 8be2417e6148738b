import type {
  FileRead,
  FileWrite,
  OnOverlap,
  ToolFiles,
  WorkspaceAccess,
} from '../../src/extension/chat/tools/toolFiles.ts';

/** A workspace in memory, for tests of what the model's tools do. */
export class MemoryToolFiles implements ToolFiles {
  access: WorkspaceAccess = 'open';
  readonly files: Map<string, string>;
  isComplete = true;
  shownProblems = '';
  refusal: string | null = null;
  /** Where the person types in the same lines as the model. */
  readonly typedIn = new Set<string>();

  constructor(files: Record<string, string> = {}) {
    this.files = new Map(Object.entries(files));
  }

  read(path: string): Promise<FileRead> {
    const text = this.files.get(path);
    return Promise.resolve(text === undefined ? { kind: 'missing' } : { kind: 'text', text });
  }

  list(folder: string): Promise<{ paths: string[]; complete: boolean }> {
    const paths = [...this.files.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`)).sort();
    return Promise.resolve({ paths, complete: true });
  }

  search(text: string, folder: string): Promise<{ lines: string[]; isComplete: boolean }> {
    const below = [...this.files].filter(([path]) => folder === '' || path.startsWith(`${folder}/`));
    const found = below.filter(([, content]) => content.includes(text)).map(([path]) => `${path}:1: ${text}`);
    return Promise.resolve({ lines: found, isComplete: this.isComplete });
  }

  problems(): Promise<string> {
    return Promise.resolve(this.shownProblems);
  }

  write(path: string, content: string, onOverlap: OnOverlap): Promise<FileWrite> {
    if (this.refusal !== null) return Promise.resolve({ kind: 'failed', reason: this.refusal });
    if (onOverlap === 'stop' && this.typedIn.has(path)) return Promise.resolve({ kind: 'overlap' });
    const created = !this.files.has(path);
    this.files.set(path, content);
    return Promise.resolve({ kind: 'done', created });
  }

  remove(path: string): Promise<FileWrite> {
    if (!this.files.delete(path)) return Promise.resolve({ kind: 'failed', reason: 'There is no such file.' });
    return Promise.resolve({ kind: 'done', created: false });
  }

  async rename(path: string, to: string): Promise<FileWrite> {
    const content = this.files.get(path) ?? '';
    if (this.files.has(to)) return { kind: 'failed', reason: `There is already something at ${to}.` };
    const removed = await this.remove(path);
    if (removed.kind === 'done') this.files.set(to, content);
    return removed;
  }
}
