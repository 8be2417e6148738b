/**
 * The first label of a published app's address: what of its name an address can show, and a suffix that makes it this
 * app's alone. A name that has no letter of the Latin alphabet and no digit leaves `app`.
 */
export function slug(name: string, suffix: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    // Two hyphens in the third and fourth place would mark another alphabet's encoding; a run is one by now.
    .replace(/^-+|-+$/g, '');
  return `${words || 'app'}-${suffix}`;
}

/** A label of the domain name system has 63 characters; the suffix and a port need to be seen as well. */
const LONGEST_NAME = 40;
