import { pattern } from './pattern.ts';
import type { Feature } from './readFeature.ts';
import { itemsOf } from './readList.ts';

const opening = pattern`
  ^(?:please\x20|also\x20|it should\x20|the form should\x20)*
  (?:validate|check|make sure|ensure|verify)(?: the form)?(?: (?:so )?that| if)?\s+
`;
const nextClause = pattern`
  ,?\s+(?:and|but)\s+(?:that|if)\s+|,\s+that\s+
  |(?<=\b(?:is|are|has|have)\b.*),?\s+and\s+(?=(?:the\s+)?[\w-]+(?: [\w-]+)? (?:is|are|has|have) )
`;

/** Reads `Validate that name and email are filled in and that the email is valid`; null for any other sentence. */
export function readValidation(sentence: string): Feature[] | null {
  if (!opening.test(sentence)) return null;
  const clauses = sentence.replace(opening, '').split(new RegExp(nextClause, 'i'));
  const features = clauses.map(readClause).filter((feature) => feature !== null);
  return features.length === clauses.length ? features : null;
}

function readClause(clause: string): Feature | null {
  const filled = pattern`
    ^(.+?) (?:is|are) (?:all )?(?:filled (?:in|out)|required|not (?:empty|blank)|present|given|mandatory)$
  `.exec(clause);
  if (filled?.[1]) return { kind: 'required', on: names(filled[1]) };
  const long = pattern`
    ^(.+?) (?:is|are|has|have|contains?) (?:at least|min(?:imum)?(?: of)?)
    \x20(\d{1,3}) (?:characters?|letters?|symbols?)(?: long)?$
  `.exec(clause);
  if (long?.[1]) return { kind: 'minLength', on: names(long[1]), count: Number(long[2]) };
  const valid =
    /^(.+?) (?:is|are|has|have) (?:an? )?valid(?: (?:format|e-?mail|address|addresses|e-?mail address|value|values))?$/i.exec(
      clause,
    );
  const bare =
    /^(?:the )?[\w -]+(?:(?:, | and |, and )(?:the )?[\w -]+)*$/i.test(clause) &&
    !/ (?:is|are|has|have) /i.test(clause);
  if (valid?.[1]) return { kind: 'valid', on: names(valid[1]) };
  return bare ? { kind: 'valid', on: names(clause) } : null;
}

function names(text: string): readonly string[] | 'all' {
  if (
    /^(?:all|every|each)(?: the)?(?: fields?| inputs?| of them)?$|^(?:everything|(?:the )?(?:fields|inputs|input|form))$/i.test(
      text,
    )
  )
    return 'all';
  return itemsOf(text).map((name) => name.replace(/^the\s+/i, '').replace(/\s+fields?$/i, ''));
}
