import * as vscode from 'vscode';
import { packageManifest } from '../../core/publishing/packageManifest.ts';
import { siteKind, type SiteKind } from '../../core/publishing/siteKind.ts';

/** What a workspace folder is, as far as hosting it goes, and which of its files there are. */
export async function findSite(folder: vscode.Uri): Promise<{ kind: SiteKind; has: (path: string) => boolean }> {
  const manifest = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'package.json')).then(
    (bytes) => packageManifest(new TextDecoder().decode(bytes)),
    () => null,
  );
  const found = new Set(await existing(folder, lookedFor));
  const has = (path: string): boolean => found.has(path);
  return { kind: siteKind(manifest, has), has };
}

/** The first of these folders in which there is a first page. */
export async function folderWithPage(folder: vscode.Uri, candidates: readonly string[]): Promise<string | null> {
  const pages = await existing(
    folder,
    candidates.map((candidate) => `${candidate}/index.html`),
  );
  return candidates.find((candidate) => pages.includes(`${candidate}/index.html`)) ?? null;
}

const lookedFor = [
  ...['', 'public/', 'dist/', 'site/', 'www/', 'docs/', 'build/'].flatMap((folder) => [
    `${folder}index.html`,
    `${folder}404.html`,
  ]),
  ...['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'package-lock.json'],
  ...['README.md', 'Dockerfile', 'nginx.conf', '.dockerignore'],
];

async function existing(folder: vscode.Uri, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, path)).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}
