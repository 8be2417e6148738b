import { editor } from 'monaco-editor/editor.js';
import { hexColor } from './hexColor.ts';

/** Takes over the editor's colours, now and whenever its theme changes. */
export function followTheme(page: HTMLElement, changed: () => void): void {
  const apply = (): void => {
    defineTheme(page);
    changed();
  };
  apply();
  const watch = new MutationObserver(apply);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  watch.observe(page, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}

const NAME = 'tokenfare';

function defineTheme(page: HTMLElement): void {
  const style = getComputedStyle(page);
  const colors: Record<string, string> = {};
  for (const id of colorIds) {
    const color = hexColor(style.getPropertyValue(`--vscode-${id.replaceAll('.', '-')}`));
    if (color !== null) colors[id] = color;
  }
  editor.defineTheme(NAME, { base: baseOf(page.classList), inherit: true, rules: [], colors });
  editor.setTheme(NAME);
}

function baseOf(classes: DOMTokenList): 'vs' | 'vs-dark' | 'hc-black' | 'hc-light' {
  if (classes.contains('vscode-high-contrast-light')) return 'hc-light';
  if (classes.contains('vscode-high-contrast')) return 'hc-black';
  return classes.contains('vscode-light') ? 'vs' : 'vs-dark';
}

/** What a read-only diff shows; everything else of Monaco's keeps the base theme's colour. */
const colorIds = [
  ...['foreground', 'focusBorder', 'contrastBorder', 'contrastActiveBorder', 'descriptionForeground'],
  ...['editor.background', 'editor.foreground', 'editor.lineHighlightBorder', 'editor.lineHighlightBackground'],
  ...['editor.selectionBackground', 'editor.inactiveSelectionBackground', 'editor.selectionForeground'],
  ...['editorLineNumber.foreground', 'editorLineNumber.activeForeground', 'editorGutter.background'],
  ...['editorWhitespace.foreground', 'editorCursor.foreground', 'editorOverviewRuler.border'],
  ...['diffEditor.insertedTextBackground', 'diffEditor.removedTextBackground', 'diffEditor.insertedTextBorder'],
  ...['diffEditor.removedTextBorder', 'diffEditor.insertedLineBackground', 'diffEditor.removedLineBackground'],
  ...['diffEditorGutter.insertedLineBackground', 'diffEditorGutter.removedLineBackground', 'diffEditor.border'],
  ...['diffEditorOverview.insertedForeground', 'diffEditorOverview.removedForeground', 'diffEditor.diagonalFill'],
  ...['diffEditor.unchangedRegionBackground', 'diffEditor.unchangedRegionForeground'],
  ...['diffEditor.unchangedCodeBackground', 'diffEditor.unchangedRegionShadow'],
  ...['scrollbar.shadow', 'scrollbarSlider.background', 'scrollbarSlider.hoverBackground'],
  ...['scrollbarSlider.activeBackground'],
];
