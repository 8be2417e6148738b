import type { PageSpec } from './pageSpec.ts';
import { words } from './words.ts';
import { writeDashboardTsx } from './writeDashboardTsx.ts';
import { writeFormTsx } from './writeFormTsx.ts';
import type { WrittenFile } from './writeHtmlPage.ts';
import { writeStyles } from './writeStyles.ts';
import { writeTableTsx } from './writeTableTsx.ts';

export interface TsxPlace {
  /** With a closing slash, or empty. */
  readonly folder: string;
  readonly component: string;
}

/** A React component in TypeScript and its stylesheet, with no dependency but React itself. */
export function writeTsxPage(spec: PageSpec, place: TsxPlace): WrittenFile[] {
  const { component, folder } = place;
  const scope = words.kebab(component.replace(/([a-z\d])([A-Z])/g, '$1 $2'));
  const code =
    'steps' in spec
      ? writeFormTsx(spec, component, scope)
      : 'metrics' in spec
        ? writeDashboardTsx(spec, component, scope)
        : writeTableTsx(spec, component, scope);
  return [
    { path: `${folder}${component}.tsx`, content: code },
    { path: `${folder}${component}.css`, content: writeStyles(spec, `.${scope}`) },
  ];
}

/** Beside the components that are there, under a name that is free. */
export function placeTsxPage(spec: PageSpec, listing: readonly string[]): TsxPlace {
  const folder =
    ['src/components/', 'components/', 'src/'].find((each) => listing.some((path) => path.startsWith(each))) ?? '';
  const ending = { table: 'Table', crud: 'Page', form: '', steps: '', dashboard: '' }[spec.kind];
  const base = words.pascal(spec.name) + ending;
  let component = base;
  for (let number = 2; listing.some((path) => path.startsWith(`${folder}${component}.`)); number += 1)
    component = `${base}${number}`;
  return { folder, component };
}
