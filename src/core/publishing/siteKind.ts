import type { PackageManifest } from './packageManifest.ts';

/** What a project is, as far as hosting it goes. Folders are relative to the project, `''` is itself. */
export type SiteKind =
  | { readonly kind: 'static'; readonly folder: string }
  | { readonly kind: 'build'; readonly script: string; readonly runner: Runner; readonly outputs: readonly string[] }
  /** A program that answers requests by itself: it can be exported, and is no page to publish. Some are built first. */
  | { readonly kind: 'server'; readonly script: string; readonly build: string | null; readonly runner: Runner }
  | { readonly kind: 'none' };

export type Runner = 'npm' | 'pnpm' | 'yarn' | 'bun';

/**
 * Tells what to publish of a project from its manifest and its files (`has` answers for a path below it). A build comes
 * first: where there is one, the source is not what a browser can show.
 */
export function siteKind(manifest: PackageManifest | null, has: (path: string) => boolean): SiteKind {
  const runner = runnerOf(has);
  const script = buildScripts.find((name) => manifest?.scripts[name] !== undefined);
  const start = manifest?.scripts['start'] === undefined ? null : 'start';
  const server = manifest !== null && manifest.dependencies.some((name) => serverPackages.has(name));
  if (server && start !== null) return { kind: 'server', script: start, build: script ?? null, runner };
  if (manifest !== null && script !== undefined) {
    return { kind: 'build', script, runner, outputs: outputFolders(manifest) };
  }
  const folder = pageFolders.find((each) => has(each === '' ? 'index.html' : `${each}/index.html`));
  return folder === undefined ? { kind: 'none' } : { kind: 'static', folder };
}

/** Where a build may have left its pages, the likeliest first. */
function outputFolders({ dependencies, name }: PackageManifest): string[] {
  const known = dependencies.flatMap((dependency) => outputsOf[dependency] ?? []);
  const ofAngular = dependencies.includes('@angular/core') ? [`dist/${name}/browser`, `dist/${name}`] : [];
  return [...new Set([...ofAngular, ...known, ...usualOutputs])];
}

function runnerOf(has: (path: string) => boolean): Runner {
  return lockFiles.find(([file]) => has(file))?.[1] ?? 'npm';
}

const buildScripts = ['build', 'generate', 'export'];

const lockFiles: readonly (readonly [string, Runner])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/** Who answers requests in a process of its own. */
const serverPackages: ReadonlySet<string> = new Set(['express', 'fastify', 'koa', '@hapi/hapi', '@nestjs/core']);

/** Where tools put what they build unless they are told otherwise. */
const outputsOf: Readonly<Record<string, readonly string[]>> = {
  next: ['out'],
  'react-scripts': ['build'],
  gatsby: ['public'],
  nuxt: ['.output/public'],
  '@docusaurus/core': ['build'],
  '@sveltejs/kit': ['build'],
  '@11ty/eleventy': ['_site'],
  vitepress: ['.vitepress/dist', 'docs/.vitepress/dist'],
};

const usualOutputs = ['dist', 'build', 'out', 'public', '_site'];

/** Where pages stand that need no build; the project itself first. */
const pageFolders = ['', 'public', 'dist', 'site', 'www', 'docs', 'build'];
