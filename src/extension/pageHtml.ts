/**
 * The document of a page: nothing runs or loads but our own script, styles and font. `isModule`: the script loads parts
 * of itself later. `pictures`: the addresses of the folders whose pictures it may show. `writesStyles`: a library of
 * the page writes style elements of its own, so that they must be let in; scripts still need the nonce.
 */
export function pageHtml(page: {
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  /** What the script loads, now or later, so that the browser can begin with it beside the script. */
  readonly later: readonly string[];
  readonly styles: readonly string[];
  readonly language: string;
  readonly title: string;
  readonly pictures: readonly string[];
  readonly isModule: boolean;
  readonly writesStyles: boolean;
}): string {
  const { nonce, cspSource, script, later, styles, language, title, pictures, isModule, writesStyles } = page;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}${writesStyles ? " 'unsafe-inline'" : ''}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  const links = [
    ...later.map((href) => `<link rel="modulepreload" nonce="${nonce}" href="${escaped(href)}">`),
    ...styles.map((href) => `<link rel="stylesheet" href="${escaped(href)}">`),
  ].join('\n    ');
  return `<!doctype html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
    ${pictures.length === 0 ? '' : `<meta name="pictures" content="${escaped(pictures.join(' '))}">`}
    ${links}
  </head>
  <body>
    <script${isModule ? ' type="module"' : ''} nonce="${nonce}" src="${escaped(script)}"></script>
  </body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
