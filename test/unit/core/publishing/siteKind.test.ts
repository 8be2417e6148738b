import assert from 'node:assert/strict';
import { packageManifest } from '../../../../src/core/publishing/packageManifest.ts';
import { siteKind } from '../../../../src/core/publishing/siteKind.ts';

describe('what of a project is published', () => {
  const kind = (manifest: object | null, ...files: string[]) =>
    siteKind(manifest && packageManifest(JSON.stringify(manifest)), (path) => files.includes(path));

  it('is the folder with its pages', () => {
    assert.deepEqual(kind(null, 'index.html', 'public/index.html'), { kind: 'static', folder: '' });
    assert.deepEqual(kind(null, 'docs/index.html', 'site/index.html'), { kind: 'static', folder: 'site' });
    assert.deepEqual(kind({ scripts: { test: 'x' } }, 'index.html'), { kind: 'static', folder: '' });
    assert.deepEqual(kind(null, 'main.py'), { kind: 'none' });
  });

  for (const [what, manifest, file, runner, output] of [
    ['Vite', { devDependencies: { vite: '8' } }, 'package-lock.json', 'npm', 'dist'],
    ['Next', { dependencies: { next: '16' } }, 'pnpm-lock.yaml', 'pnpm', 'out'],
    ['Create React App', { dependencies: { 'react-scripts': '5' } }, 'yarn.lock', 'yarn', 'build'],
    ['Angular', { name: 'shop', dependencies: { '@angular/core': '21' } }, 'bun.lock', 'bun', 'dist/shop/browser'],
    ['SvelteKit', { devDependencies: { '@sveltejs/kit': '3' } }, '', 'npm', 'build'],
  ] as const) {
    it(`is what ${what} builds`, () => {
      const found = kind({ scripts: { build: 'x' }, ...manifest }, 'index.html', file);
      assert.ok(found.kind === 'build');
      assert.deepEqual([found.script, found.runner, found.outputs[0]], ['build', runner, output]);
      assert.equal(new Set(found.outputs).size, found.outputs.length);
    });
  }

  it('is nothing of a program that answers by itself', () => {
    const server = { scripts: { build: 'tsc', start: 'node .' }, dependencies: { express: '5' } };
    const built = { kind: 'server', script: 'start', build: 'build', runner: 'npm' };
    assert.deepEqual(kind(server, 'index.html'), built);
    assert.deepEqual(kind({ ...server, scripts: { start: 'node .' } }), { ...built, build: null });
  });

  it('takes a broken package.json for none', () => {
    for (const text of ['', '{', '[]', 'null', '5']) assert.equal(packageManifest(text), null);
    assert.deepEqual(packageManifest('{"name":1,"scripts":[],"dependencies":{"a":1,"b":"2"}}'), {
      ...{ name: '', scripts: {}, dependencies: ['b'] },
    });
  });
});
