import { slashNames } from '../../src/core/slashCommand.ts';
import type { Mention } from '../../src/protocol/mention.ts';
import type { Completion, CompletionSource } from './completion.ts';
import { commandAt, mentionAt } from './completionToken.ts';
import { contextWords } from './contextWords.ts';
import { slashWords } from './slashWords.ts';

/** What completes in the composer: `/` at the beginning to a command, `@` anywhere to what goes along. */
export function completionSources(mentions: {
  /** What the extension knows for the letters after the `@`. */
  readonly find: (query: string) => Promise<readonly Mention[]>;
  readonly attach: (mention: Mention) => void;
}): readonly CompletionSource[] {
  return [
    { label: slashWords.commands, tokenAt: commandAt, find: (query) => Promise.resolve(commandsLike(query)) },
    {
      label: contextWords.mentions,
      tokenAt: mentionAt,
      find: async (query) => {
        const found = await mentions.find(query);
        return found.map((mention) => ({
          icon: icons[mention.kind],
          ...namedFirst(contextWords.mention(mention)),
          text: '',
          chosen: () => {
            mentions.attach(mention);
          },
        }));
      },
    },
  ];
}

/** A path's own name, with where it is behind it: of a long path the name is what must be seen. */
function namedFirst(path: string): Pick<Completion, 'label' | 'detail'> {
  const [, folder, label = path] = /^(.*)\/(.+)$/.exec(path) ?? [];
  return folder === undefined ? { label } : { label, detail: folder };
}

const icons: Readonly<Record<Mention['kind'], string>> = {
  file: 'file',
  folder: 'folder',
  selection: 'selection',
  problems: 'warning',
};

/** What is typed out needs no list: Enter means it. */
function commandsLike(query: string): Completion[] {
  return slashNames
    .filter((name) => name.startsWith(query) && name !== query)
    .map((name) => ({
      icon: 'symbol-event',
      label: `/${name}`,
      detail: slashWords.does[name],
      text: `/${name} `,
      chosen: () => undefined,
    }));
}
