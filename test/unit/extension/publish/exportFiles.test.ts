import assert from 'node:assert/strict';
import { exportFiles } from '../../../../src/extension/publish/exportFiles.ts';
import type { SiteKind } from '../../../../src/core/publishing/siteKind.ts';

describe('what an export adds', () => {
  const added = (kind: SiteKind, ...there: string[]) =>
    exportFiles({ name: 'Shop', kind }, (path) => there.includes(path));
  const build: SiteKind = { kind: 'build', script: 'build', runner: 'npm', outputs: ['dist', 'build'] };

  it('serves the pages of a folder', () => {
    const files = added({ kind: 'static', folder: 'public' });
    assert.deepEqual(Object.keys(files).sort(), ['.dockerignore', 'Dockerfile', 'README.md', 'nginx.conf']);
    assert.match(
      files['Dockerfile'] ?? '',
      /^FROM nginx:1-alpine\nCOPY nginx\.conf .*\nCOPY public \/usr\/share\/nginx\/html\n/,
    );
    assert.match(files['nginx.conf'] ?? '', /try_files \$uri \$uri\.html \$uri\/ \/index\.html;/);
    assert.match(
      files['README.md'] ?? '',
      /^# Shop\n[^]*Copy `public\/` to any static host[^]*docker build -t app \.\n/,
    );
  });

  it('builds first what takes a build, with the tool that the project uses', () => {
    const npm = added(build, 'package-lock.json')['Dockerfile'] ?? '';
    assert.match(npm, /AS build[^]*RUN npm ci\nRUN npm run build\n\nFROM nginx[^]*COPY --from=build \/app\/dist /);
    assert.match(added(build)['Dockerfile'] ?? '', /RUN npm install\n/);
    for (const runner of ['pnpm', 'yarn', 'bun'] as const) {
      assert.match(
        added({ ...build, runner })['Dockerfile'] ?? '',
        new RegExp(`RUN ${runner} install --frozen-lockfile`),
      );
    }
  });

  it('runs a program that answers by itself, with no static server', () => {
    const files = added({ kind: 'server', script: 'start', runner: 'npm' });
    assert.equal('nginx.conf' in files, false);
    assert.match(files['Dockerfile'] ?? '', /CMD \["npm", "run", "start"\]/);
    assert.match(files['README.md'] ?? '', /localhost:3000/);
  });

  it('stands beside what the project has of the same name, and writes over nothing', () => {
    const there = ['README.md', 'Dockerfile', 'nginx.conf', '.dockerignore'];
    const files = added(build, ...there);
    assert.deepEqual(Object.keys(files).sort(), ['Dockerfile.tokenfare', 'HOSTING.md', 'nginx.tokenfare.conf']);
    assert.match(files['HOSTING.md'] ?? '', /docker build -f Dockerfile\.tokenfare -t app/);
    assert.match(files['Dockerfile.tokenfare'] ?? '', /COPY nginx\.tokenfare\.conf /);
  });
});
