import type { CompletionToken } from './completionToken.ts';

/** Something that can be meant by what is being typed. */
export interface Completion {
  readonly icon: string;
  readonly label: string;
  readonly detail?: string;
  /** What stands in the text then; nothing where a chip stands for it. */
  readonly text: string;
  readonly chosen: () => void;
}

/** Where completions come from: one for each sign that they begin with. */
export interface CompletionSource {
  /** The accessible name of its list. */
  readonly label: string;
  readonly tokenAt: (text: string, caret: number) => CompletionToken | null;
  readonly find: (query: string) => Promise<readonly Completion[]>;
}
