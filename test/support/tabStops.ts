import type { Page } from 'playwright-core';

/** What the focus came to by Tab, in this order, and what it should have come to and did not. */
export interface TabStops {
  readonly names: readonly string[];
  /** Names of what can be used, and can't be reached. */
  readonly missed: readonly string[];
  /** Names of what has the focus without showing it. */
  readonly unmarked: readonly string[];
}

/** Goes through a page by Tab alone, from its beginning until the focus leaves it. */
export async function tabStops(page: Page): Promise<TabStops> {
  // What is still to be drawn could take the focus away on the way.
  await page.evaluate(() => new Promise((drawn) => requestIdleCallback(drawn)));
  const wanted = await page.evaluate(() => {
    const start = document.createElement('button');
    document.body.prepend(start);
    start.focus();
    const usable = 'button, a[href], input, textarea, select, summary, vscode-button, [tabindex="0"]';
    // Of a group of radio buttons the chosen one is a stop, the arrow keys do the rest.
    const left = ':disabled, [disabled], [tabindex="-1"], [type=radio]:not(:checked)';
    const found = [...document.querySelectorAll<HTMLElement>(usable)].filter((each) => {
      return each !== start && each.checkVisibility() && !each.matches(left);
    });
    found.forEach((each, at) => (each.dataset['stop'] = at.toString()));
    return found.length;
  });
  const stops = new Array<Stop>();
  for (let pressed = 0; pressed <= wanted; pressed += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop === null) break;
    stops.push(stop);
  }
  const missed = await page.evaluate(
    (reached) => {
      document.body.firstElementChild?.remove();
      const left = [...document.querySelectorAll<HTMLElement>('[data-stop]')].filter(({ dataset }) => {
        return !reached.includes(dataset['stop'] ?? '');
      });
      const names = left.map((each) => each.outerHTML.slice(0, 120));
      for (const each of document.querySelectorAll('[data-stop]')) each.removeAttribute('data-stop');
      return names;
    },
    stops.map(({ stop }) => stop),
  );
  const unmarked = stops.filter(({ isMarked }) => !isMarked);
  return { names: stops.map(({ name }) => name), missed, unmarked: unmarked.map(({ name }) => name) };
}

interface Stop {
  readonly stop: string;
  readonly name: string;
  readonly isMarked: boolean;
}

/**
 * Runs in the page, once it has drawn where the focus went: what is scrolled by that shows or takes away a button,
 * which nobody comes to within a frame. An outline marks the focus, or the border of the box that a text area fills.
 */
async function focused(): Promise<Stop | null> {
  await new Promise((drawn) => requestAnimationFrame(drawn));
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const outlined = (each: Element | null | undefined): boolean => {
    return each !== null && each !== undefined && getComputedStyle(each).outlineStyle !== 'none';
  };
  const box = element.closest('.composer-box');
  const border = box && getComputedStyle(box).borderTopColor;
  box?.classList.remove('composer-box');
  const isBoxMarked = box !== null && border !== getComputedStyle(box).borderTopColor;
  box?.classList.add('composer-box');
  const label = element.closest('label');
  const name = element.getAttribute('aria-label') ?? (label ?? element).textContent;
  return {
    stop: element.dataset['stop'] ?? '',
    name: name.replaceAll(/\s+/g, ' ').trim(),
    isMarked:
      outlined(element) ||
      outlined(element.shadowRoot?.activeElement) ||
      (element.matches('.mode input') && outlined(element.nextElementSibling)) ||
      (element.matches('textarea') && isBoxMarked),
  };
}
