/** The moments between Join and the room: the browser asks for devices, the relay is asked for a seat. */
import type {TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import {cameraIcon, doorIcon, microphoneIcon} from '../icons.js';
import type {TextKey, Translate} from '../strings/catalogue.js';
import {button, card} from './card.js';

export interface ProgressContext {
  readonly translate: Translate;
  readonly asksFor: 'both' | 'camera' | 'microphone';
  /** It is the call of the page before. */
  readonly isResuming: boolean;
  cancel(): void;
}

export function progressView(
  state: Extract<CallState, {status: 'acquiring-media' | 'joining'}>,
  context: ProgressContext,
): TemplateResult {
  const {translate: t, asksFor, cancel} = context;
  const isAsking = state.status === 'acquiring-media';
  const deviceIcon = asksFor === 'microphone' ? microphoneIcon : cameraIcon;
  return card({
    mark: isAsking ? deviceIcon : doorIcon,
    tone: 'busy',
    heading: progressText(state, context),
    text: isAsking ? t('allowHint') : undefined,
    body: button({label: t('cancel'), onClick: cancel}),
  });
}

export function progressText(
  state: Extract<CallState, {status: 'acquiring-media' | 'joining'}>,
  {translate: t, asksFor, isResuming}: Omit<ProgressContext, 'cancel'>,
): string {
  const asked = {
    both: 'allowBoth',
    camera: 'allowCamera',
    microphone: 'allowMicrophone',
  } as const satisfies Record<ProgressContext['asksFor'], TextKey>;
  if (state.status === 'acquiring-media') return t(asked[asksFor]);
  if (isResuming) return t('resuming');
  // The room of a call to somebody has a name that says nothing.
  return state.person ? t('connecting') : t('joining', {room: state.room});
}
