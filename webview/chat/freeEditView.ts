import { html, type TemplateResult } from 'lit';
import { icon } from '../components/icon.ts';
import { linkButton } from '../components/linkButton.ts';
import { commonThing } from './commonThing.ts';
import type { FoundOffer } from './freeEditSearch.ts';
import { words } from './words.ts';

/** That the draft can be done here for nothing, or the question which of several places is meant. */
export function freeEditView(
  offer: FoundOffer,
  draft: string,
  busy: boolean,
  doFree: (candidate: number | null) => void,
): TemplateResult {
  if (offer.kind === 'edit') {
    const paths = [...new Set(offer.places.map((place) => place.path))];
    const act = linkButton(
      words.doItFree,
      () => {
        doFree(null);
      },
      { title: words.doItFreeHint, disabled: busy },
    );
    return html`<p>${icon('sparkle')} ${words.freeEdit(paths, offer.saves)} ${act}</p>`;
  }
  const thing = commonThing(
    draft,
    offer.candidates.map((candidate) => candidate.label),
  );
  return html`<p>${icon('sparkle')} ${thing === null ? words.which : words.whichOf(thing)}</p>
    <ul class="candidates">
      ${offer.candidates.map(
        ({ id, label, path, line }) =>
          html`<li>
            ${linkButton(
              words.candidate(label, path, line),
              () => {
                doFree(id);
              },
              { disabled: busy },
            )}
          </li>`,
      )}
    </ul>`;
}
