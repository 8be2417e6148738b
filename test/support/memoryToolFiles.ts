import type { FileRead, FileWrite, ToolFiles, WorkspaceAccess } from '../../src/extension/chat/tools/toolFiles.ts';

/** A workspace in memory, for tests of what the model's tools do. */
export class MemoryToolFiles implements ToolFiles {
  access: WorkspaceAccess = 'open';
  readonly files: Map<string, string>;
  readonly asked: string[] = [];
  consents = false;
  isComplete = true;
  shownProblems = '';
  refusal: string | null = null;

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

  problems(): string {
    return this.shownProblems;
  }

  write(path: string, content: string): Promise<FileWrite> {
    if (this.refusal !== null) return Promise.resolve({ kind: 'failed', reason: this.refusal });
    const created = !this.files.has(path);
    this.files.set(path, content);
    return Promise.resolve({ kind: 'written', created });
  }

  consent(path: string): Promise<boolean> {
    this.asked.push(path);
    return Promise.resolve(this.consents);
  }
}
