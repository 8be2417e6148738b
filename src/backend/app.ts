import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import { holdFor, inputTokensBound, MIN_OUTPUT } from '../core/hold.ts';
import { planById } from '../core/plans.ts';
import { defaultRateCard } from '../core/rateCard.ts';
import type { Millitokens } from '../core/tokens.ts';
import type { AccountBody } from '../protocol/api.ts';
import type { Config } from '../protocol/config.ts';
import { accountBody } from './accounts/accountBody.ts';
import { AccountFeed } from './accounts/accountFeed.ts';
import type { OidcOptions, OidcSignIn, SignedInUser } from './accounts/oidcSignIn.ts';
import { signedInAccount } from './accounts/signedInAccount.ts';
import { LOCAL_ACCOUNT } from './accounts/accounts.ts';
import type { Clock } from './clock.ts';
import { createWriter } from './createWriter.ts';
import type { Database } from './database/database.ts';
import { openDatabase } from './database/openDatabase.ts';
import { drain } from './drain.ts';
import { AskedStopStore } from './generations/askedStopStore.ts';
import { Completions } from './generations/completions.ts';
import { KeptAnswers } from './generations/keptAnswers.ts';
import { KeptPieceStore } from './generations/keptPieceStore.ts';
import { OpenCalls } from './generations/openCalls.ts';
import { Recovery } from './generations/recovery.ts';
import { Stops } from './generations/stops.ts';
import { Activity } from './http/activity.ts';
import { keyAuthentication, localAuthentication, ownerCheck, sessionAuthentication } from './http/authentication.ts';
import { hostGuard } from './http/hostGuard.ts';
import { listen } from './http/listen.ts';
import { Metrics } from './http/metrics.ts';
import { RateLimit } from './http/rateLimit.ts';
import { createRoutes } from './http/routes.ts';
import { createHttpServer } from './http/server.ts';
import { createIds } from './ids.ts';
import { issueTracker } from './issueTracker.ts';
import { Models } from './models/models.ts';
import type { Upstream } from './models/upstream.ts';
import { appAddresses } from './publications/appAddress.ts';
import { AppPorts } from './publications/appPorts.ts';
import { AppServer } from './publications/appServer.ts';
import type { AppStore } from './publications/appStore.ts';
import { Publisher, type PublisherDeps } from './publications/publisher.ts';
import { formerPayments } from './payments/formerPayments.ts';
import type { PaymentDeps, PaymentProvider } from './payments/paymentProvider.ts';
import { ProviderFollower } from './payments/providerFollower.ts';
import { SandboxPayments } from './payments/sandboxPayments.ts';

/**
 * Puts the backend together and lets it listen. The data folder must be this process's alone. Throws a StartRefusal if
 * it can't be.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const database = await openDatabase(databaseUrl(options.config, options.dataDir));
  if (options.createPayments === null) await refuseFormerMoney(database);
  const core = createCore(options, database);
  const { recovery, writer, openCalls, stops, keptAnswers, feed, activity, ports } = core;
  await recovery.atStart({ alone: database.file !== null });
  if (options.createPayments !== null) await formerPayments.endPractice({ query: database.query, writer });
  if (options.config.auth.mode === 'local') {
    const free = planById('free');
    if (free !== undefined) await writer.submit('createAccount', { ...LOCAL_ACCOUNT, plan: free });
  }
  const ending = new AbortController();
  const signIn = await openSignIn(options.oidc);
  const { server, follower } = createServer(options, { ...core, signIn }, ending);
  try {
    core.listening.url = await listen(server, options);
  } catch (error) {
    await follower.close();
    await core.writer.close();
    await database.close();
    throw error;
  }
  if (ports !== null) await core.publisher.openPorts(LOCAL_ACCOUNT.id).catch(core.onFault);
  void core.models.list().catch(core.onFault);
  const close = async (): Promise<void> => {
    await drain({ server, activity, openCalls, ending });
    ports?.closeAll();
    await keptAnswers.close();
    for (const timed of [openCalls, stops, recovery, feed]) timed.close();
    await follower.close();
    await writer.close();
    await database.close();
    await signIn?.close();
  };
  const hasApps = (): boolean => (ports?.size ?? 0) > 0;
  return { url: core.listening.url, instance: core.owner, activity, openCalls, hasApps, close };
}

export interface App {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Names this process, as its health and its holds do. */
  readonly instance: string;
  readonly activity: Activity;
  /** Whether published apps are up that end with this process. */
  readonly hasApps: () => boolean;
  readonly openCalls: Pick<OpenCalls, 'size'>;
  /** Lets open requests end, for up to 10 s, and leaves nothing open. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly host: string;
  /** 0 is any. */
  readonly port: number;
  /** The bearer key of local mode. */
  readonly localKey: string;
  readonly upstreams: readonly Upstream[];
  readonly appStore: AppStore;
  /** Makes whoever takes the money; null is the sandbox. */
  readonly createPayments: ((deps: PaymentDeps) => PaymentProvider) | null;
  /** The program of the thread in which a SQLite file is written. */
  readonly sqliteProgram: URL;
  /** Where the built pages are; a folder's URL, with a slash at its end. */
  readonly pagesFolder: URL;
  /** Null but in the modes `oidc` and `github`. */
  readonly oidc: OidcOptions | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The database's URL; a relative file of SQLite is in the data folder. */
export function databaseUrl(config: Config, dataDir: string): string {
  const [, file] = /^sqlite:(.+)$/.exec(config.database) ?? [];
  return file === undefined ? config.database : `sqlite:${path.resolve(dataDir, file)}`;
}

async function refuseFormerMoney(database: Database): Promise<void> {
  try {
    await formerPayments.refuseMoney(database.query);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** 128 bits: whoever has a checkout's id may pay it, so nobody may guess one. */
const CHECKOUT_ID_BYTES = 16;

type Core = ReturnType<typeof createCore> & { readonly signIn: OidcSignIn | null };

/** Loaded only where it is used: an embedded backend starts without it. */
async function openSignIn(oidc: OidcOptions | null): Promise<OidcSignIn | null> {
  if (oidc === null) return null;
  const { OidcSignIn } = await import('./accounts/oidcSignIn.ts');
  return OidcSignIn.open(oidc);
}

function createCore(options: AppOptions, database: Database) {
  const { config, clock, log, upstreams, sqliteProgram } = options;
  const card = config.rateCard ?? defaultRateCard;
  const ids = createIds(clock);
  const owner = ids();
  const metrics = new Metrics();
  const onFault = (error: unknown): void => {
    log.error({ err: error }, 'fault');
  };
  const onCommit = (accounts: ReadonlySet<string>, size: number): void => {
    metrics.batch.observe(size);
    feed.changed(accounts);
    announce(accounts);
  };
  const writer = createWriter(database, { clock, onCommit, onFault, sqliteProgram });
  const models = new Models(upstreams, {
    clock,
    onHealth: (upstream, error) => {
      metrics.upstreamUp.set({ upstream }, error === null ? 1 : 0);
      if (error !== null) log.warn({ upstream, err: error }, 'upstream fails');
    },
  });
  const smallestHold = (): Millitokens => {
    const multiplier = models.cheapestMultiplier;
    return holdFor({ inputTokens: inputTokensBound(0, 0), outputLimit: MIN_OUTPUT, multiplier, firstCall: true, card });
  };
  const setsOwnBudget = (): boolean => config.auth.mode === 'local' && models.hasOthers;
  const readAccount = async (accountId: string): Promise<AccountBody | null> => {
    const view = await writer.submit('viewAccount', { accountId });
    const { supportUrl = issueTracker } = config;
    return view && accountBody(view, { smallestHold: smallestHold(), supportUrl, setsOwnBudget: setsOwnBudget() });
  };
  const feed = new AccountFeed({
    clock,
    changedAccounts: (watched) => database.changedAccounts(watched),
    read: readAccount,
    tellWarning: (warning) => writer.submit('tellWarning', warning),
  });
  const announce = database.exchangeChanges(owner, (accounts) => {
    feed.changed(accounts);
  });
  const keptAnswers = new KeptAnswers(clock, database.file === null ? new KeptPieceStore(database.query) : null);
  const openCalls = new OpenCalls({ writer, clock, card, onFault });
  const stops = new Stops({
    openCalls,
    clock,
    store: database.file === null ? new AskedStopStore(database.query) : null,
  });
  const recovery = new Recovery({ query: database.query, writer, clock, ownHolds: () => openCalls.holdIds, onFault });
  const activity = new Activity(clock);
  const listening = { url: '' };
  const publicUrl = (): string => (config.publicUrl ?? listening.url).replace(/\/+$/, '');
  return {
    ...createPublishing(options, { query: database.query, writer, ids, onFault, publicUrl }),
    ...{ listening, publicUrl, card, ids, owner, metrics, onFault, writer, models },
    ...{ setsOwnBudget, readAccount, feed, openCalls, stops, keptAnswers, recovery, activity, database },
  };
}

/** Published apps: whoever works alone on this machine gets a port for each beside its name. */
function createPublishing(
  { config, appStore: store, clock }: AppOptions,
  core: Omit<PublisherDeps, 'store' | 'addresses' | 'ports' | 'clock'> & { publicUrl: () => string },
) {
  const addresses = appAddresses(config.publishing.baseDomain, core.publicUrl);
  const apps = new AppServer(core.query, store);
  const ports = config.auth.mode === 'local' ? new AppPorts(apps, core.onFault) : null;
  const publisher = new Publisher({ ...core, store, addresses, ports, clock });
  return { apps, ports, publisher, slugOf: addresses.slugOf };
}

function createServer(options: AppOptions, core: Core, ending: AbortController) {
  const { config, clock, log, host } = options;
  const { database, writer, onFault, signIn, publicUrl } = core;
  const { concurrentGenerations, bodyBytes, requestsPerMinute } = config.limits;
  const isLocal = config.auth.mode === 'local';
  const byKey = keyAuthentication(database.query, writer, clock);
  const accountFor = (user: SignedInUser): Promise<string | null> =>
    signedInAccount(user, { query: database.query, writer });
  const byKeyOrSession = signIn === null ? byKey : sessionAuthentication(signIn, byKey, accountFor);
  const isOwner = isLocal ? ownerCheck(options.localKey) : () => false;
  const authenticate = isLocal ? localAuthentication(isOwner, byKey) : byKeyOrSession;
  const newCheckoutId = (): string => randomBytes(CHECKOUT_ID_BYTES).toString('base64url');
  const payments =
    options.createPayments?.({ writer, query: database.query, publicUrl }) ??
    new SandboxPayments({ writer, publicUrl, newCheckoutId });
  const follower = new ProviderFollower({ query: database.query, writer, payments, onFault });
  const rateLimit = new RateLimit(requestsPerMinute, clock);
  const completions = new Completions({ ...core, rateLimit, clock, concurrentGenerations });
  const routes = createRoutes(
    {
      ...core,
      authenticate,
      isOwner,
      clock,
      bodyBytes,
      ending: ending.signal,
      pagesFolder: options.pagesFolder,
      payments,
      takesPracticeCards: options.createPayments === null,
      supportUrl: config.supportUrl ?? issueTracker,
    },
    onFault,
  );
  const server = createHttpServer({
    ...core,
    ...{ completions, authenticate, routes, bodyBytes, log },
    isHostAllowed: isLocal ? hostGuard(config.publicUrl, host) : () => true,
    isDraining: () => ending.signal.aborted,
  });
  return { server, follower };
}
