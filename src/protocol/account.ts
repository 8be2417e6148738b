import * as z from 'zod/mini';
import type { AnsweredCalls, ToldCalls } from './checkedCalls.ts';
import { AccountBody } from './api.ts';

/**
 * What the account page and its host say to each other. In the editor the host is the extension, on the web it is the
 * portal's own script; the page is the same.
 */

const Method = z.enum(['GET', 'POST', 'DELETE']);
const routesOfAccount = [
  ...['account', 'plans', 'usage', 'generations', 'refunds', 'projects', 'keys', 'publications', 'models', 'billing'],
  ...['subscription', 'subscription/scheduled', 'projects/[^/?]+/activate', 'keys/[^/?]+', 'publications/[^/?]+'],
  'publications/[^/?]+/versions/[0-9]+/activate',
];

/** What the page asks of the backend, in the API's own words: the routes about the account, none that spends tokens. */
export const BackendRequest = z.object({
  method: Method,
  path: z.string().check(z.regex(new RegExp(`^/v1/(${routesOfAccount.join('|')})(\\?[^#]*)?$`))),
  body: z.optional(z.unknown()),
});
export type BackendRequest = z.infer<typeof BackendRequest>;

/** `body` is JSON as the backend gave it; the page parses it by the schema of its route. */
export const BackendAnswer = z.object({ status: z.int(), body: z.unknown() });
export type BackendAnswer = z.infer<typeof BackendAnswer>;

/** What taken advice saved so far, in millitokens by its kind. */
export const SavedByKind = z.record(z.string(), z.int());
export type SavedByKind = z.infer<typeof SavedByKind>;

/**
 * What only the host knows. `savings` is null where they are not known, `canSignOut` false where nobody signs in;
 * `address` is where other clients of the API reach the backend.
 */
export const AccountSetting = z.object({
  savings: z.nullable(SavedByKind),
  canSignOut: z.boolean(),
  address: z.string(),
});
export type AccountSetting = z.infer<typeof AccountSetting>;

const nothing = z.tuple([]);
const done = z.union([z.void(), z.null()]);
const Link = z.url({ protocol: /^https?$/ });

/** What the page asks of its host: arguments and answer of every call. */
export const accountHostCalls = {
  ready: { args: nothing, answer: AccountSetting },
  backend: { args: z.tuple([BackendRequest]), answer: BackendAnswer },
  openLink: { args: z.tuple([Link]), answer: done },
  /** Opens a published app by whichever of its addresses reaches it from where the person sits. */
  openApp: { args: z.tuple([z.object({ url: Link, portUrl: z.nullable(Link) })]), answer: done },
  /** Offers a text as a file of this name; false if the person didn't want it after all. */
  saveFile: { args: z.tuple([z.string(), z.string()]), answer: z.boolean() },
  copy: { args: z.tuple([z.string()]), answer: done },
  signOut: { args: nothing, answer: done },
} as const;

/** What the host tells the page; none is answered. */
export const accountPageCalls = {
  /** The account as it stands, at once and after every change. */
  account: { args: z.tuple([AccountBody]) },
  setting: { args: z.tuple([AccountSetting]) },
} as const;

/** The host's side as the page calls it. */
export type AccountHostCalls = AnsweredCalls<typeof accountHostCalls>;

/** The page's side as the host calls it. */
export type AccountPageCalls = ToldCalls<typeof accountPageCalls>;
