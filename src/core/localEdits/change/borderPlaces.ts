import { rulesFor, winner } from '../cascade.ts';
import type { Side } from '../intent.ts';
import { SIDES } from './boxValue.ts';
import type { StyleRequest } from './styleRequest.ts';

/**
 * The border declarations that decide a subject's border (or one side, or only its colour or width) today: the
 * shorthand, or those of single sides. Empty where there is no border.
 */
export function declaredBorders(
  request: Pick<StyleRequest, 'view' | 'subject'>,
  sides: readonly Side[],
  part: '' | '-color' | '-width',
): string[] {
  const wanted = sides.length === 0 ? SIDES : sides;
  const bySide = wanted.flatMap((side) =>
    part === '' ? [`border-${side}`] : [`border-${side}`, `border-${side}${part}`],
  );
  const whole = sides.length === 0 ? [`border${part}`, 'border'] : [];
  const declared = [...new Set([...whole, ...bySide])].filter((name) => isDeclared(request, name));
  const own = declared.filter((name) => part !== '' && name.endsWith(part));
  return own.length > 0 ? own : declared;
}

/** Whether a subject has a declaration of exactly this property. */
export function isDeclared(request: Pick<StyleRequest, 'view' | 'subject'>, property: string): boolean {
  const inline = request.subject.element?.inlineStyle.some((declaration) => declaration.property === property);
  return inline === true || winner(rulesFor(request.view.workspace.table, request.subject), [property]) !== null;
}
