import type { ChildNode, Container } from 'postcss';

/** What a rule can take in from elsewhere: a mixin of SCSS or LESS, or the rule that @extend names. */
export interface Mixin {
  path: string;
  /** "box" for @mixin box($c), ".box" for .box(@c). */
  name: string;
  /** What it declares for the rule that takes it in; rules and queries inside it are not that. */
  properties: readonly string[];
  /** What it takes in itself. */
  takes: readonly TakenIn[];
  /** It shows what stands in braces behind the call, outside of any query. */
  showsContent: boolean;
}

/** One call of a mixin, or one @extend. */
export interface TakenIn {
  /** "box", ".box", "%box". */
  name: string;
  /** What stands in braces behind the call declares these; null without braces. */
  content: readonly string[] | null;
  /** Where it stands in its file; an @extend means another place, before or behind. */
  at: number;
}

/** The mixin that a node defines; null for all other nodes. */
export function mixinOf(path: string, node: ChildNode): Mixin | null {
  const name =
    node.type === 'atrule' && node.name === 'mixin'
      ? /^[\w-]+/.exec(node.params.trim())?.[0]
      : node.type === 'rule'
        ? /^([.#][\w-]+)\s*\(/.exec(node.selector)?.[1]
        : undefined;
  if (name === undefined || (node.type !== 'atrule' && node.type !== 'rule')) return null;
  return { path, name, properties: declaredIn(node), takes: takenIn(node, 0), showsContent: showsContent(node) };
}

/** Most rules take in nothing; they share this. */
const NOTHING: readonly TakenIn[] = [];

/** What a rule takes in. */
export function takenIn(node: Container, offset: number): readonly TakenIn[] {
  const taken: TakenIn[] = [];
  eachOwn(node, (child) => {
    const name = nameTaken(child);
    if (name === null) return;
    const content = child.type === 'atrule' && child.nodes ? declaredIn(child) : null;
    const at = isExtend(child) ? Infinity : offset + (child.source?.start?.offset ?? 0);
    taken.push({ name, content, at });
  });
  return taken.length === 0 ? NOTHING : taken;
}

/** LESS writes &:extend(.box), which reads as a declaration. */
function isExtend(node: ChildNode): boolean {
  return node.type === 'decl' ? node.prop === '&' : node.type === 'atrule' && node.name === 'extend';
}

/** The name of what a node takes in; empty where it is worked out, null where it takes in nothing. */
function nameTaken(node: ChildNode): string | null {
  if (node.type === 'decl') return isExtend(node) ? (/[.#][\w-]+/.exec(node.value)?.[0] ?? '') : null;
  if (node.type !== 'atrule') return null;
  if ((node as { mixin?: boolean }).mixin === true) {
    const { identifier = '.' } = node.raws as { identifier?: string };
    return /[.#][\w-]+(?=[^.#]*$)/.exec(identifier + node.name.replace(/\(.*$/s, ''))?.[0] ?? '';
  }
  if (node.name === 'include') return /^(?:[\w-]+\.)?([\w-]+)/.exec(node.params.trim())?.[1] ?? '';
  return node.name === 'extend' ? (/^[.%#]?[\w-]+/.exec(node.params.trim())?.[0] ?? '') : null;
}

function declaredIn(node: Container): string[] {
  const properties: string[] = [];
  eachOwn(node, (child) => {
    if (child.type === 'decl') properties.push(child.prop.toLowerCase());
  });
  return properties;
}

function showsContent(node: Container): boolean {
  let shows = false;
  eachOwn(node, (child) => {
    if (child.type === 'atrule' && child.name === 'content') shows = true;
  });
  return shows;
}

/** The children of a node, and those of the @if and @each in it: they may hold. */
function eachOwn(node: Container, visit: (child: ChildNode) => void): void {
  node.each((child: ChildNode) => {
    visit(child);
    if (child.type === 'atrule' && child.nodes && /^(?:if|else|each|for|while)$/i.test(child.name))
      eachOwn(child, visit);
  });
}
