import * as z from 'zod/mini';

/**
 * GitHub as those who sign in come from it, at github.com or a company's own GitHub server. It is no OpenID provider:
 * who somebody is, and which address is checked to be theirs, is asked of its API (docs.github.com, "Users").
 */
export function gitHubProvider(site: string): GitHubProvider {
  const api = site === GITHUB ? 'https://api.github.com' : `${site}/api/v3`;
  return {
    authorizationUrl: `${site}/login/oauth/authorize`,
    tokenUrl: `${site}/login/oauth/access_token`,
    scopes: ['read:user', 'user:email'],
    getUserInfo: async ({ accessToken = '' }) => {
      const [user, emails] = await Promise.all([
        ask(`${api}/user`, accessToken, GitHubUser),
        ask(`${api}/user/emails`, accessToken, GitHubEmails),
      ]);
      // An address that anybody may claim would keep out the one whose it is.
      const primary = emails?.find((each) => each.primary && each.verified);
      if (!user || !primary) return null;
      const { id, login, name } = user;
      return { id, name: name ?? login, email: primary.email, emailVerified: true };
    },
  };
}

/** Where GitHub is unless a company has its own. */
export const GITHUB = 'https://github.com';

export interface GitHubProvider {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly scopes: string[];
  /** Null if GitHub doesn't say who it is, or has checked no address of theirs. */
  readonly getUserInfo: (tokens: { accessToken?: string | undefined }) => Promise<GitHubPerson | null>;
}

interface GitHubPerson {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: true;
  readonly [more: string]: unknown;
}

const GitHubUser = z.object({ id: z.int(), login: z.string(), name: z.nullish(z.string()) });
const GitHubEmails = z.array(z.object({ email: z.email(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub answers nobody who doesn't say what they are. */
const USER_AGENT = 'tokenfare';
/** Somebody waits in front of their browser. */
const ANSWER_MS = 10_000;

async function ask<T extends z.ZodMiniType>(url: string, token: string, schema: T): Promise<z.infer<T> | null> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': USER_AGENT };
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
  const parsed = answer.ok ? schema.safeParse(await answer.json()) : null;
  return parsed?.success === true ? parsed.data : null;
}
