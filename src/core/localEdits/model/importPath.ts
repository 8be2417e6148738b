/** The path an import means, without its extension: './Card.css' in src/ui is src/ui/Card; '@/ui/Card' is ui/Card. */
export function resolveImport(from: string, source: string): string {
  if (!source.startsWith('.')) return withoutExtension(source.replace(/^(?:[@~]\/|src\/)/, ''));
  const parts = from.split('/').slice(0, -1);
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return withoutExtension(parts.join('/'));
}

/** Whether an import, as `resolveImport` gives it, means a file. Aliases leave out the front of the path. */
export function isImportOf(resolved: string, path: string): boolean {
  const bare = withoutExtension(path);
  return bare === resolved || bare.endsWith(`/${resolved}`);
}

function withoutExtension(path: string): string {
  return path.replace(/\.(?:css|scss|less|[jt]sx?|m[jt]s|vue|svelte)$/i, '').replace(/\/index$/, '');
}
