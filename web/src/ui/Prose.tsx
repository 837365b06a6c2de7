import { createElement, Fragment, useMemo, type ReactNode } from 'react';
import classes from './Prose.module.css';

/** The tags that the site's renderer writes, with no attribute. */
const TAGS = new Set([
  'p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 'del', 'table', 'thead', 'tbody',
  'tr', 'th', 'td',
]);
const EMPTY = new Set(['br', 'hr']);
const LEADS = /^(?:https?:|mailto:|tel:|\/(?!\/)|#)/i;

type Words = (text: string) => ReactNode;

const asItIs: Words = (text) => text;

interface ProseProps {
  html: string;
  /** What is shown of a text in it, where that is more than the text. */
  words?: Words;
}

/**
 * What the site's renderer made of a text. Its HTML is read into a document that runs nothing, and built anew from the
 * tags above alone: whatever else came would be shown as the text in it.
 */
export function Prose({ html, words = asItIs }: ProseProps) {
  const tree = useMemo(() => new DOMParser().parseFromString(html, 'text/html').body, [html]);
  return <div className={classes.prose}>{inside(tree, words)}</div>;
}

const inside = (node: Node, words: Words): ReactNode[] => [...node.childNodes].map((child, key) => build(child, key, words));

function build(node: Node, key: number, words: Words): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return <Fragment key={key}>{words(node.nodeValue ?? '')}</Fragment>;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const element = node as Element;
  const name = element.localName;
  if (EMPTY.has(name)) return createElement(name, { key });
  if (TAGS.has(name)) return createElement(name, { key, ...startOf(element) }, ...inside(element, words));
  const href = element.getAttribute('href');
  if (name === 'a' && href && LEADS.test(href)) {
    return (
      <a key={key} href={href} target="_blank" rel="noreferrer">
        {inside(element, words)}
      </a>
    );
  }
  return <Fragment key={key}>{inside(element, words)}</Fragment>;
}

/** A numbered list may begin further on. */
function startOf(element: Element): { start?: number } {
  const start = Number.parseInt(element.getAttribute('start') ?? '', 10);
  return element.localName === 'ol' && Number.isFinite(start) ? { start } : {};
}
