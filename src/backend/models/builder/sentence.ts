import { optionsOf, type Field, type PageSpec } from './pageSpec.ts';
import { words } from './words.ts';

/** Pieces of the sentences that Builder says. Names from a page stand in italics, as people would point at them. */
export const sentence = { list, names, page, someOptions };

/** More options than this are a list to look at in the file. */
const MOST_OPTIONS_SAID = 4;

/** `a, b and c`. */
function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function names(fields: readonly Field[]): string {
  return list(fields.map((field) => `*${field.label}*`));
}

/** What a person calls a page: `the users table`, `the signup form`. */
function page(spec: PageSpec): string {
  if ('noun' in spec) return `the ${spec.noun.many} ${spec.kind === 'crud' ? 'page' : 'table'}`;
  const spaced = spec.name.replace(/([a-z\d])([A-Z])/g, '$1 $2');
  return `the ${words.kebab(spaced).replace(/-/g, ' ')}`;
}

/** The options of a select or badge, or the first of many. */
function someOptions(field: Field): string {
  const options = optionsOf(field);
  const more = options.length - MOST_OPTIONS_SAID + 1;
  return options.length <= MOST_OPTIONS_SAID
    ? list(options)
    : list([...options.slice(0, MOST_OPTIONS_SAID - 1), `${more} more`]);
}
