import { createElement, Fragment, useMemo, type ReactNode } from 'react';
import classes from './Prose.module.css';

/** The tags that the site's renderer writes, with no attribute. */
const TAGS = new Set([
  'p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 'del', 'table', 'thead', 'tbody',
  'tr', 'th', 'td',
]);
const EMPTY = new Set(['br', 'hr']);
const LEADS = /^(?:https?:|mailto:|tel:|\/(?!\/)|#)/i;

/**
 * What the site's renderer made of a text. Its HTML is read into a document that runs nothing, and built anew from the
 * tags above alone: whatever else came would be shown as the text in it.
 */
export function Prose({ html }: { html: string }) {
  const tree = useMemo(() => new DOMParser().parseFromString(html, 'text/html').body, [html]);
  return <div className={classes.prose}>{inside(tree)}</div>;
}

const inside = (node: Node): ReactNode[] => [...node.childNodes].map(build);

function build(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const element = node as Element;
  const name = element.localName;
  if (EMPTY.has(name)) return createElement(name, { key });
  if (TAGS.has(name)) return createElement(name, { key, ...startOf(element) }, ...inside(element));
  const href = element.getAttribute('href');
  if (name === 'a' && href && LEADS.test(href)) {
    return (
      <a key={key} href={href} target="_blank" rel="noreferrer">
        {inside(element)}
      </a>
    );
  }
  return <Fragment key={key}>{inside(element)}</Fragment>;
}

/** A numbered list may begin further on. */
function startOf(element: Element): { start?: number } {
  const start = Number.parseInt(element.getAttribute('start') ?? '', 10);
  return element.localName === 'ol' && Number.isFinite(start) ? { start } : {};
}
