import { plainName } from '../plainName.ts';

/** Why a file may not go out: its name is that of a file of secrets, or there is one in the given line. */
export type Secret =
  { readonly kind: 'name' } | { readonly kind: 'key'; readonly line: number; readonly what: SecretKind };

export type SecretKind = (typeof patterns)[number][0];

/**
 * Finds what looks like a secret in a file that would be published or exported; null if nothing does. Only forms that
 * belong to secrets alone count: a false alarm stops an app that has nothing to hide. Keys that are meant to be seen,
 * such as a browser's key for maps, are none.
 */
export function findSecret(path: string, text: string): Secret | null {
  if (SECRET_NAMES.test(plainName(path.split('/').at(-1) ?? ''))) return { kind: 'name' };
  for (const [what, pattern] of patterns) {
    const at = text.search(pattern);
    if (at !== -1) return { kind: 'key', line: text.slice(0, at).split('\n').length, what };
  }
  return null;
}

/** A file that is read for secrets; a larger one is data, and would hold up everything else. */
export const SEARCHED_BYTES = 2_000_000;

/**
 * The text of a file as it is searched: UTF-8, or UTF-16 where it says so at its start, as editors on Windows write it.
 * Empty for what is no text (a NUL among the first bytes of anything else) or too large.
 */
export function searchedText(bytes: Uint8Array): string {
  if (bytes.length > SEARCHED_BYTES) return '';
  const mark = bytes.subarray(0, 2).join();
  const wide = UTF_16.get(mark);
  if (wide === undefined && bytes.subarray(0, SNIFFED_BYTES).includes(0)) return '';
  return new TextDecoder(wide).decode(bytes);
}

/** By the byte order mark at the start. */
const UTF_16 = new Map([
  [[0xff, 0xfe].join(), 'utf-16le'],
  [[0xfe, 0xff].join(), 'utf-16be'],
]);

/** As git decides whether a file is binary. */
const SNIFFED_BYTES = 8_000;

/** An environment's values stand in `prod.env` as in `.env.prod`; an example's are made up. */
const SECRET_NAMES =
  /^(?:(?:credentials|client_secrets?|service-?account(?:-?key)?|secrets?)\.(?:json|ya?ml|toml|ini|txt|xml)|(?!(?:example|sample|template)\.)[^.]+\.env)$/;

/** The published forms of the services that leak most. Each is bounded, so that no text makes it slow. */
const patterns = [
  ['private-key', /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/],
  ['aws-key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['github-token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})\b/],
  ['gitlab-token', /\bglpat-[A-Za-z0-9_-]{20,255}/],
  ['stripe-key', /\b[rs]k_live_[A-Za-z0-9]{16,255}/],
  ['slack-token', /\bxox[abprs]-[A-Za-z0-9-]{20,255}/],
  ['model-key', /\bsk-(?:[A-Za-z0-9]{32,255}\b|(?:ant|proj|or-v1)-[A-Za-z0-9_-]{32,255})/],
  ['npm-token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['sendgrid-key', /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/],
  ['tokenfare-key', /\btf_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/],
  ['database-url', /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis):\/\/[^\s:@/'"]{0,64}:[^\s@/'"$<{]{3,128}@/],
] as const;
