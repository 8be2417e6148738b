/** The document of the chat page: nothing runs or loads but our own script, styles and font. */
export function chatHtml(page: {
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
  readonly language: string;
  readonly title: string;
}): string {
  const { nonce, cspSource, script, styles, language, title } = page;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  const links = styles.map((href) => `<link rel="stylesheet" href="${escaped(href)}">`).join('\n    ');
  return `<!doctype html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
    ${links}
  </head>
  <body>
    <script nonce="${nonce}" src="${escaped(script)}"></script>
  </body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
