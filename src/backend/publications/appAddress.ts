import { getDomain } from 'tldts';

/** Where published apps are: each at a name of its own below one domain. */
export interface AppAddresses {
  /** An app's own origin, without a slash at the end. */
  readonly urlOf: (slug: string) => string;
  /** Which app a Host header means; null if it is none of theirs. */
  readonly slugOf: (host: string | undefined) => string | null;
  /** False where people reach the portal from elsewhere and apps have no domain that they could reach. */
  readonly isReachable: boolean;
}

/**
 * The addresses below a domain. They have the scheme and the port of the public URL, which is known once it listens.
 */
export function appAddresses(baseDomain: string, publicUrl: () => string): AppAddresses {
  const end = `.${baseDomain}`;
  return {
    urlOf: (slug) => {
      const { protocol, port } = new URL(publicUrl());
      return `${protocol}//${slug}${end}${port === '' ? '' : `:${port}`}`;
    },
    slugOf: (host) => {
      const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
      return name.endsWith(end) ? name.slice(0, -end.length) : null;
    },
    get isReachable() {
      return baseDomain !== LOCAL || isLoopback(new URL(publicUrl()).hostname);
    },
  };
}

/**
 * Whether apps below a domain would share a site with the portal: a browser would send them the portal's cookies, or
 * let them set some for it. Names below `localhost` are sites of their own.
 */
export function sharesSite(publicUrl: string, baseDomain: string): boolean {
  const { hostname } = new URL(publicUrl);
  if (baseDomain === LOCAL) return hostname.endsWith(`.${LOCAL}`);
  return siteOf(hostname) === siteOf(baseDomain);
}

const LOCAL = 'localhost';

/** The registrable domain by the public suffix list; a name that has none is a site by itself. */
function siteOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

function isLoopback(host: string): boolean {
  return host === LOCAL || host === '[::1]' || host.startsWith('127.');
}
