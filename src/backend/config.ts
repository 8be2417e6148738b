import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { Config } from '../protocol/config.ts';
import { sharesSite } from './publications/appAddress.ts';
import { StartRefusal } from './startRefusal.ts';

/**
 * The configuration from a file, if there is one, with the environment's `TOKENFARE_*` over it. Throws a StartRefusal
 * whose one line names the key that is unknown or has a bad value, and the file or variable where it stands.
 */
export function loadConfig(file: string | undefined, environment: NodeJS.ProcessEnv): Config {
  const fromFile = file === undefined ? {} : readJson(file);
  const secrets = secretNames(fromFile);
  const variables = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(PREFIX) && !notSettings.has(name) && !secrets.has(name) && value !== '')
    .map(([name, value]) => readVariable(name, value ?? ''));
  const merged = variables.reduce((config, { path, value }) => setAt(config, path, value), fromFile);
  const parsed = Config.safeParse(merged, { error: z.locales.en().localeError });
  if (!parsed.success) {
    const { where, what } = describe(parsed.error.issues);
    const inVariable = variables.find(({ path }) => `${where}.`.startsWith(`${path.join('.')}.`));
    const source = inVariable?.name ?? file;
    throw new StartRefusal(`Configuration: ${source === undefined ? '' : `${source}: `}${what}.`);
  }
  refuseWhatIsNotThere(parsed.data);
  refuseSharedSite(parsed.data);
  return parsed.data;
}

const PREFIX = 'TOKENFARE_';
/** Read by the command line and by the extension; no part of the configuration. */
const notSettings = new Set(['TOKENFARE_DATA']);

type Json = Record<string, unknown>;

function readJson(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartRefusal(`Configuration: ${file} cannot be read (${reasonOf(error)}).`);
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new StartRefusal(`Configuration: ${file} is not a JSON object.`);
  }
}

/** Variables that the configuration names as holders of secrets may start with our prefix, and are no settings. */
function secretNames(config: Json): Set<string> {
  const names = JSON.stringify(config).matchAll(/"\w+Env":"([^"]+)"/g);
  return new Set([...names].map((match) => match[1] ?? ''));
}

/** `TOKENFARE_LIMITS__BODY_BYTES` and `TOKENFARE_LIMITS__BODYBYTES` both mean `limits.bodyBytes`. */
function readVariable(name: string, value: string): { name: string; path: string[]; value: unknown } {
  const path: string[] = [];
  let schema: z.core.$ZodType = Config;
  for (const part of name.slice(PREFIX.length).split('__')) {
    const shape: Record<string, z.core.$ZodType> = shapeOf(schema);
    const wanted = part.replaceAll('_', '').toLowerCase();
    const key = Object.keys(shape).find((each) => each.toLowerCase() === wanted);
    const next = key === undefined ? undefined : shape[key];
    if (key === undefined || next === undefined)
      throw new StartRefusal(`Configuration: ${name} is not a known setting.`);
    path.push(key);
    schema = next;
  }
  return { name, path, value: unwrap(schema) instanceof z.ZodMiniString ? value : parseOrKeep(value) };
}

/** The schema behind defaults and optionals. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped = ['default', 'prefault', 'optional', 'nullable'].includes(schema._zod.def.type);
  const inner = wrapped && 'innerType' in schema._zod.def ? schema._zod.def.innerType : undefined;
  return inner instanceof z.ZodMiniType ? unwrap(inner) : schema;
}

function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> {
  const inner = unwrap(schema);
  return inner instanceof z.ZodMiniObject ? { ...inner.def.shape } : {};
}

/** What is no JSON is kept as it stands, so that the schema can say what is wrong with it. */
function parseOrKeep(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function setAt(config: Json, path: readonly string[], value: unknown): Json {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...config, [key]: value };
  const inner = z.record(z.string(), z.unknown()).safeParse(config[key]);
  return { ...config, [key]: setAt(inner.success ? inner.data : {}, rest, value) };
}

function describe(issues: readonly z.core.$ZodIssue[]): { where: string; what: string } {
  const issue = issues.find((each) => each.code === 'unrecognized_keys') ?? issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const where = [...path, ...issue.keys.slice(0, 1)].join('.');
    return { where, what: `${where} is not a known setting` };
  }
  const where = path.join('.');
  return { where, what: `${where}: ${(issue?.message ?? 'it is not valid').replaceAll('\n', ' ')}` };
}

/** Settings of the contract that this version does not carry out are refused by name, never passed over. */
function refuseWhatIsNotThere(config: Config): void {
  if (config.auth.mode === 'local' && !config.database.startsWith('sqlite:')) {
    throw new StartRefusal('Configuration: auth.mode: local is for SQLite; with PostgreSQL it is keys.');
  }
}

/** Apps are strangers' pages: below a domain of the portal's a browser would take them for the portal's own. */
function refuseSharedSite({ publicUrl, publishing: { baseDomain } }: Config): void {
  if (publicUrl === undefined || !sharesSite(publicUrl, baseDomain)) return;
  throw new StartRefusal(
    `Configuration: publishing.baseDomain: ${baseDomain} and ${new URL(publicUrl).hostname} share a registrable domain, so published apps could reach the portal's cookies. Apps need another domain.`,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
