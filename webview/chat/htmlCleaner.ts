import DOMPurify, { type Config } from 'dompurify';

/**
 * What makes nodes of HTML that do nothing until they are put into the page, with nothing but what is allowed. Given
 * the text itself, the cleaner would make a document for it each time, and an answer that streams makes hundreds a
 * second; given what is allowed each time, it would read that anew.
 */
export function htmlCleaner(allowed: Config): (html: string) => DocumentFragment {
  const cleaner = DOMPurify(window);
  const elements = [...(allowed.ALLOWED_TAGS ?? []), '#document-fragment'];
  cleaner.setConfig({ ...allowed, ALLOWED_TAGS: elements, IN_PLACE: true });
  return (html) => {
    const fragment = parsedAside(html);
    cleaner.sanitize(fragment);
    return fragment;
  };
}

/**
 * A document looks at each walk through it that is not collected yet whenever a node leaves it: with so many that takes
 * microseconds.
 */
const WALKS_PER_DOCUMENT = 100;

let aside: Document | null = null;
let walks = 0;

/** In a document that nobody sees: it loads and runs nothing. */
function parsedAside(html: string): DocumentFragment {
  if (aside === null || walks === WALKS_PER_DOCUMENT) {
    aside = document.implementation.createHTMLDocument('');
    walks = 0;
  }
  walks += 1;
  const root = aside.createElement('div');
  root.innerHTML = html;
  const fragment = aside.createDocumentFragment();
  fragment.append(...root.childNodes);
  return fragment;
}
