import type { Conversation } from './readConversation.ts';
import { words } from './words.ts';

/** The files of one page that Builder may have made. */
export interface Page {
  readonly kind: 'html' | 'tsx';
  /** `users` of users.html; the component of a TSX file. */
  readonly name: string;
  /** With a closing slash, or empty. */
  readonly folder: string;
  readonly paths: readonly string[];
  /** Where the data lists stand, and where the headings do. */
  readonly code: string;
  readonly markup: string;
}

export type FoundPages = { kind: 'one'; page: Page } | { kind: 'many'; names: readonly string[] } | { kind: 'none' };

/**
 * The page that a change is about: the one that was named; else, of those sent along or else of all,
 * the only one or the one that was spoken of last.
 */
export function findPages(name: string | null, conversation: Conversation): FoundPages {
  const all = pagesIn([...new Set([...(conversation.listing ?? []), ...conversation.files.keys()])]);
  if (name !== null)
    return choose(
      all.filter((page) => isNamed(page, name)),
      conversation,
    );
  const sent = all.filter((page) => page.paths.some((path) => conversation.files.has(path)));
  return choose(sent.length > 0 ? sent : all, conversation);
}

function choose(pages: readonly Page[], { mentioned }: Conversation): FoundPages {
  const [only] = pages;
  if (!only) return { kind: 'none' };
  if (pages.length === 1) return { kind: 'one', page: only };
  const last = mentioned
    .map((path) => pages.find((page) => page.paths.includes(path)))
    .find((page) => page !== undefined);
  return last ? { kind: 'one', page: last } : { kind: 'many', names: pages.map((page) => page.markup) };
}

function pagesIn(paths: readonly string[]): Page[] {
  const all = new Set(paths);
  return paths.flatMap((path): Page[] => {
    const found = /^((?:.*\/)?)([^/]+)\.(html|tsx)$/.exec(path);
    const [, folder = '', name = '', ending] = found ?? [];
    const base = folder + name;
    if (!all.has(`${base}.css`)) return [];
    if (ending === 'html' && all.has(`${base}.js`)) {
      return [
        { kind: 'html', name, folder, paths: [`${base}.js`, path, `${base}.css`], code: `${base}.js`, markup: path },
      ];
    }
    if (ending !== 'tsx' || !/(?:Table|Page|Form|Dashboard)\d*$/.test(name)) return [];
    return [{ kind: 'tsx', name, folder, paths: [path, `${base}.css`], code: path, markup: path }];
  });
}

/** `users` names users.html, users-2.html, UsersTable.tsx; `signup` names signup-form.html. */
function isNamed(page: Page, name: string): boolean {
  const plain = page.name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-\s]*\d+$/, '')
    .replace(/[-\s](?:form|table|page|dashboard)$/i, '');
  return (
    page.name.toLowerCase() === name.toLowerCase() ||
    words.same(plain, name.replace(/[-\s](?:form|table|page|dashboard)$/i, ''))
  );
}
