/**
 * The command that a draft begins with and the words behind it; null if it is plain text: a slash word that is no
 * command, or one further on.
 */
export function slashCommand(text: string): SlashCommand | null {
  const [, name, words = ''] = BEGINNING.exec(text) ?? [];
  const known = slashNames.find((each) => each === name);
  return known === undefined ? null : { name: known, words: words.trim(), ...uses[known] };
}

export interface SlashCommand extends SlashUse {
  readonly name: SlashName;
  readonly words: string;
}

interface SlashUse {
  /** What the editor does costs no tokens. */
  readonly by: 'model' | 'editor';
  /** `code`: the selection, else the open file, where nothing is attached. `words`: it does nothing without. */
  readonly takes: 'code' | 'words' | 'nothing';
}

/** In the order in which they are listed as one types. */
export const slashNames = ['fix', 'explain', 'tests', 'doc', 'plan', 'batch', 'free', 'rollback', 'clear'] as const;
export type SlashName = (typeof slashNames)[number];

const BEGINNING = /^\/([a-z]+)(?:$|\s+([\s\S]*)$)/;

const uses: Readonly<Record<SlashName, SlashUse>> = {
  fix: { by: 'model', takes: 'code' },
  explain: { by: 'model', takes: 'code' },
  tests: { by: 'model', takes: 'code' },
  doc: { by: 'model', takes: 'code' },
  plan: { by: 'model', takes: 'words' },
  batch: { by: 'editor', takes: 'words' },
  free: { by: 'editor', takes: 'words' },
  rollback: { by: 'editor', takes: 'nothing' },
  clear: { by: 'editor', takes: 'nothing' },
};
