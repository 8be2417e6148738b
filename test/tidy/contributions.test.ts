import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { authentication, commands, contextKeys, settings, views } from '../../src/extension/contributions.ts';

const Commands = z.array(z.looseObject({ command: z.string(), when: z.optional(z.string()) }));
const Manifest = z.looseObject({
  contributes: z.looseObject({
    commands: Commands,
    menus: z.optional(z.record(z.string(), z.array(z.looseObject({ when: z.optional(z.string()) })))),
    keybindings: z.optional(Commands),
    authentication: z.array(z.object({ id: z.string(), label: z.string() })),
    viewsContainers: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
    views: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
    configuration: z.union([
      z.looseObject({ properties: z.record(z.string(), z.unknown()) }),
      z.array(z.looseObject({ properties: z.record(z.string(), z.unknown()) })),
    ]),
  }),
});

const text = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
const { contributes } = Manifest.parse(JSON.parse(text));
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('what package.json contributes', () => {
  it('has exactly the commands that the extension declares', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(commands)));
  });

  it('has exactly the settings that the extension declares', () => {
    const groups = [contributes.configuration].flat();
    const inManifest = groups.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(sorted(inManifest), sorted(Object.values(settings)));
  });

  it('has exactly the views that the extension declares', () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    const inManifest = [...containers, ...Object.values(contributes.views).flat()].map(({ id }) => id);
    assert.deepEqual(sorted(inManifest), sorted(Object.values(views)));
  });

  it('signs people in under the name that the extension declares', () => {
    assert.deepEqual(
      contributes.authentication.map(({ id }) => id),
      [authentication],
    );
  });

  it('asks only for context keys that the extension sets', () => {
    const menus = Object.values(contributes.menus ?? {}).flat();
    const conditions = [...menus, ...(contributes.keybindings ?? [])].map(({ when }) => when ?? '').join(' ');
    const asked = sorted(conditions.match(/\btokenfare\.\w+\b/g) ?? []);
    const known = new Set<string>([...Object.values(contextKeys), ...Object.values(views)]);
    assert.deepEqual(
      asked.filter((key) => !known.has(key) && !conditions.includes(`config.${key}`)),
      [],
    );
  });

  it('has a text in package.nls.json for every placeholder, and none to spare', () => {
    const nls = z.record(z.string(), z.unknown());
    const texts = nls.parse(JSON.parse(readFileSync(path.join(projectRoot, 'package.nls.json'), 'utf8')));
    const placeholders = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(placeholders), sorted(Object.keys(texts)));
  });
});
