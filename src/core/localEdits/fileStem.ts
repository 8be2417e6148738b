/** Names of files that say nothing: what they hold is called after their folder. */
const NAMELESS = /^(?:index|page|\+page|layout|\+layout|styles?|main|app)$/i;

/** What a file is called: "Header" for src/Header.module.css, for src/Header.tsx and for src/Header/index.tsx. */
export function fileStem(path: string): string {
  const [file = '', folder = ''] = path.split('/').reverse();
  const stem = file.split('.')[0] ?? '';
  return NAMELESS.test(stem) ? folder : stem;
}
