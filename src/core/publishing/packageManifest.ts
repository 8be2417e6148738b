/** What of a `package.json` tells how a project is built and served. */
export interface PackageManifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** The names of all, those for development included. */
  readonly dependencies: readonly string[];
}

/** Reads a `package.json`. Null for a text that is none: whoever broke it sees that elsewhere. */
export function packageManifest(text: string): PackageManifest | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const { name, scripts, dependencies, devDependencies } = json as Readonly<Record<string, unknown>>;
  return {
    name: typeof name === 'string' ? name : '',
    scripts: texts(scripts),
    dependencies: [...Object.keys(texts(dependencies)), ...Object.keys(texts(devDependencies))],
  };
}

function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
