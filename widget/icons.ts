/** The icons of the idle element, drawn on a 24-unit grid in the text's colour. They carry no meaning of their own: the text or label beside them does. */
import {html, type TemplateResult} from 'lit';

/**
 * One icon: the strokes of an SVG path. Hidden from assistive technology. It is a template without a binding, behind an
 * element of HTML: no script walks through it, and the browser makes none of the interfaces of SVG for the page.
 */
export function icon(strokes: string): TemplateResult {
  const strings: string[] & {raw?: readonly string[]} = [
    `<span class=icon part=icon aria-hidden=true><svg viewBox="0 0 24 24"><path d="${strokes}"/></svg></span>`,
  ];
  // What Lit knows the strings of a template by.
  strings.raw = strings;
  return html(strings as TemplateStringsArray & string[]);
}

export const cameraStrokes =
  'M5.7 6h6.1A3.2 3.2 0 0 1 15 9.2v5.6a3.2 3.2 0 0 1-3.2 3.2H5.7a3.2 3.2 0 0 1-3.2-3.2V9.2A3.2 3.2 0 0 1 5.7 6zM15 11.2l4.9-2.9a1.05 1.05 0 0 1 1.6.9v5.6a1.05 1.05 0 0 1-1.6.9L15 12.8';
export const microphoneStrokes =
  'M8.75 5.75a3.25 3.25 0 0 1 6.5 0v5a3.25 3.25 0 0 1-6.5 0zM5 11.25a7 7 0 0 0 14 0M12 18.25v3.25';

export const cameraIcon = icon(cameraStrokes);
export const microphoneIcon = icon(microphoneStrokes);
export const plusIcon = icon('M12 5v14M5 12h14');
/** A door ajar with a knock. */
export const doorIcon = icon(
  'M5 21V5.4A2.4 2.4 0 0 1 7.4 3h9.2A2.4 2.4 0 0 1 19 5.4V21M2.5 21h19M15 12.2v.1',
);
export const alertIcon = icon(
  'M2.75 12a9.25 9.25 0 1 0 18.5 0 9.25 9.25 0 1 0-18.5 0zM12 7.4v5.4M12 16.4v.1',
);
