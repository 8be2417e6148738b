import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFiles } from '../../../../src/extension/publish/exportFiles.ts';
import type { SiteKind } from '../../../../src/core/publishing/siteKind.ts';

describe('what an export adds', () => {
  const added = (kind: SiteKind, ...there: string[]) =>
    exportFiles({ name: 'Shop', kind, leftOut: [] }, (path) => there.includes(path));
  const build: SiteKind = { kind: 'build', script: 'build', runner: 'npm', outputs: ['dist', 'build'] };

  it('serves the pages of a folder', () => {
    const files = added({ kind: 'static', folder: 'public' });
    assert.deepEqual(Object.keys(files).sort(), ['.dockerignore', 'Dockerfile', 'README.md', 'nginx.conf']);
    assert.match(
      files['Dockerfile'] ?? '',
      /^FROM nginx:1-alpine\nCOPY nginx\.conf .*\nCOPY public \/usr\/share\/nginx\/html\n/,
    );
    assert.match(files['nginx.conf'] ?? '', /try_files \$uri \$uri\.html \$uri\/ \/index\.html;/);
    assert.doesNotMatch(files['Dockerfile'] ?? '', /RUN rm/);
    assert.match(
      files['README.md'] ?? '',
      /^# Shop\n[^]*Copy `public\/` to any static host[^]*docker build -t app \.\n/,
    );
  });

  it('names in its README what stayed behind, where anything did', () => {
    const kind: SiteKind = { kind: 'none' };
    const { 'README.md': text = '' } = exportFiles({ name: 'Shop', kind, leftOut: ['.env', 'x.pem'] }, () => false);
    assert.match(text, /\n## Left out\n\n- `\.env`\n- `x\.pem`\n$/);
    assert.doesNotMatch(added(kind)['README.md'] ?? '', /Left out/);
  });

  it('shows the page that the project has for what is not there, as a published app does', () => {
    const page = /error_page 404 \/404\.html;[^]* =404;/;
    assert.match(added({ kind: 'static', folder: '' }, '404.html')['nginx.conf'] ?? '', page);
    assert.match(added({ kind: 'static', folder: 'site' }, 'site/404.html')['nginx.conf'] ?? '', page);
    assert.match(added(build, 'public/404.html')['nginx.conf'] ?? '', page);
    assert.doesNotMatch(added({ kind: 'static', folder: 'site' }, '404.html')['nginx.conf'] ?? '', /404\.html/);
  });

  it('keeps what says how it is served from what is served', () => {
    const { Dockerfile = '', '.dockerignore': ignored = '' } = added({ kind: 'static', folder: '' }, 'nginx.conf');
    assert.match(Dockerfile, /COPY \. (\S+)\nRUN rm \1\/nginx\.tokenfare\.conf\n/);
    assert.deepEqual(ignored.trim().split('\n'), ['Dockerfile*', '.dockerignore', 'node_modules', '.git', '.env*']);
  });

  it('builds first what takes a build, with the tool that the project uses', () => {
    const npm = added(build, 'package-lock.json')['Dockerfile'] ?? '';
    assert.match(
      npm,
      /AS build[^]*RUN npm ci\nRUN npm run build\nRUN [^]*\n\nFROM nginx[^]*COPY --from=build \/pages /,
    );
    assert.match(added(build)['Dockerfile'] ?? '', /RUN npm install\n/);
    assert.match(added(build)['README.md'] ?? '', /npm run build\n```\n\nThe pages are then in `dist` or `build`\./);
    for (const runner of ['pnpm', 'yarn', 'bun'] as const) {
      assert.match(
        added({ ...build, runner })['Dockerfile'] ?? '',
        new RegExp(`RUN ${runner} install --frozen-lockfile`),
      );
    }
  });

  it('takes the pages from wherever the build has left them, and fails where there are none', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-export-'));
    const [, look = ''] = /^RUN (for .*)$/m.exec(added(build)['Dockerfile'] ?? '') ?? [];
    const there = look.replaceAll('/pages', path.join(folder, 'pages'));
    mkdirSync(path.join(folder, 'dist'));
    assert.notEqual(spawnSync('sh', ['-c', there], { cwd: folder }).status, 0);
    mkdirSync(path.join(folder, 'build'));
    writeFileSync(path.join(folder, 'build/index.html'), 'Built');
    assert.equal(spawnSync('sh', ['-c', there], { cwd: folder }).status, 0);
    assert.equal(readFileSync(path.join(folder, 'pages/index.html'), 'utf8'), 'Built');
    rmSync(folder, { recursive: true });
  });

  it('runs a program that answers by itself, built first where that is asked for, with no static server', () => {
    const server = { kind: 'server', script: 'start', build: null, runner: 'npm' } as const;
    const files = added(server);
    assert.equal('nginx.conf' in files, false);
    assert.match(
      files['Dockerfile'] ?? '',
      /RUN npm install\nENV [^]*ENV PORT=3000\nEXPOSE 3000\nCMD \["npm", "run", "start"\]/,
    );
    assert.match(files['README.md'] ?? '', /localhost:3000/);
    const built = added({ ...server, build: 'build' });
    assert.match(built['Dockerfile'] ?? '', /RUN npm install\nRUN npm run build\nENV /);
    assert.match(built['README.md'] ?? '', /npm install\nnpm run build\nnpm run start\n/);
  });

  it('stands beside what the project has of the same name, and writes over nothing', () => {
    const there = ['README.md', 'Dockerfile', 'nginx.conf', '.dockerignore'];
    const files = added(build, ...there);
    assert.deepEqual(Object.keys(files).sort(), ['Dockerfile.tokenfare', 'HOSTING.md', 'nginx.tokenfare.conf']);
    assert.match(files['HOSTING.md'] ?? '', /docker build -f Dockerfile\.tokenfare -t app/);
    assert.match(files['Dockerfile.tokenfare'] ?? '', /COPY nginx\.tokenfare\.conf /);
  });
});
