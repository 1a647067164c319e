/** The icons that only a call shows. As `icons.ts`: strokes, no meaning of their own. */
import {svg, type TemplateResult} from 'lit';
import {cameraStrokes, icon, microphoneStrokes} from '../icons.js';

/** A stroke through the icon: the thing is off. */
const slash = svg`<path d="M3.5 3.5l17 17" />`;

export const cameraOffIcon = (): TemplateResult => icon(svg`${cameraStrokes}${slash}`);
export const microphoneOffIcon = (): TemplateResult => icon(svg`${microphoneStrokes}${slash}`);
/** A handset laid down. */
export const leaveIcon = (): TemplateResult =>
  icon(
    svg`<path d="M2.8 14.9c-.9-1-.9-2.5.1-3.4C5.3 9.2 8.5 8 12 8s6.7 1.2 9.1 3.5c1 .9 1 2.4.1 3.4l-1.1 1.1a1.5 1.5 0 0 1-1.9.2l-2.2-1.5a1.5 1.5 0 0 1-.6-1.6l.3-1.3a11.5 11.5 0 0 0-7.4 0l.3 1.3a1.5 1.5 0 0 1-.6 1.6l-2.2 1.5a1.5 1.5 0 0 1-1.9-.2z" />`,
  );
export const linkIcon = (): TemplateResult =>
  icon(
    svg`<path d="M10 14a4.2 4.2 0 0 0 6 0l3.3-3.3a4.25 4.25 0 0 0-6-6L12 6M14 10a4.2 4.2 0 0 0-6 0l-3.3 3.3a4.25 4.25 0 0 0 6 6L12 18" />`,
  );
export const checkIcon = (): TemplateResult => icon(svg`<path d="M4.5 12.5l5 5 10-11" />`);
export const closeIcon = (): TemplateResult => icon(svg`<path d="M6 6l12 12M18 6 6 18" />`);
export const soundIcon = (): TemplateResult =>
  icon(
    svg`<path d="M4 9.5v5h3.5L12.5 19V5L7.5 9.5zM16 9a4.2 4.2 0 0 1 0 6M18.7 6.3a8 8 0 0 1 0 11.4" />`,
  );
