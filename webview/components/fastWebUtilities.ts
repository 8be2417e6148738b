/**
 * Whether `:focus-visible` can be used. The toolkit's own test writes a style element into the page, which the page's
 * content security policy forbids; every editor that runs this extension can. The bundler puts this file in the place
 * of the module that the toolkit asks.
 */
export function canUseFocusVisible(): boolean {
  return true;
}

export * from '../../node_modules/@microsoft/fast-web-utilities/dist/index.js';
