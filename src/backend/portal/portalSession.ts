import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * A browser's session on the portal: a key that expires, in a cookie that no script can read and that no other site
 * can send.
 */
export const portalSession = {
  /**
   * The session's key, if the request has one and may use it: what changes something must come from the portal's own
   * script, which alone can set our header, and from our own origin, since other ports of this computer count as the
   * same site.
   */
  keyOf(context: Context): string | undefined {
    const changes = !['GET', 'HEAD'].includes(context.req.method);
    if (changes && !(context.req.header(PORTAL_HEADER) === '1' && isOwnOrigin(context))) return undefined;
    return getCookie(context, COOKIE) ?? getCookie(context, COOKIE, 'secure');
  },

  begin(context: Context, key: string): void {
    setCookie(context, COOKIE, key, { ...attributesOf(context), maxAge: SESSION_DAYS * DAY_SECONDS });
  },

  end(context: Context): void {
    deleteCookie(context, COOKIE, attributesOf(context));
    // Where a company's sign-in made it, it has this prefix.
    deleteCookie(context, COOKIE, { ...attributesOf(context), secure: true, prefix: 'secure' });
  },

  isOwnOrigin,

  /** When a session that begins now is over, in milliseconds. */
  expiresAt(now: number): number {
    return now + SESSION_DAYS * DAY_SECONDS * 1000;
  },
};

const COOKIE = 'tokenfare-session';
const PORTAL_HEADER = 'tokenfare-portal';
/** A month: billing comes around once in it. */
const SESSION_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;

/** Whether a page of this very host sent the request; browsers tell by themselves with all that changes something. */
function isOwnOrigin(context: Context): boolean {
  const origin = context.req.header('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === context.req.header('host');
}

function attributesOf(context: Context) {
  const secure = (context.req.header('origin') ?? '').startsWith('https:');
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
}
