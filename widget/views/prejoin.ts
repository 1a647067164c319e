/** The card before joining a given room. It says what will happen; the devices are asked for only after Join. */
import {html, type TemplateResult} from 'lit';
import {cameraIcon, doorIcon, microphoneIcon} from '../icons.js';
import type {TextKey} from '../strings/catalogue.js';
import {button} from './card.js';
import {checkButton, logo, nameField, submittedName, type FormContext} from './form.js';

export interface PrejoinContext extends FormContext {
  readonly room: string;
  readonly noCamera: boolean;
  readonly noMicrophone: boolean;
}

export function prejoinView(context: PrejoinContext): TemplateResult {
  const {translate: t, isLoading} = context;
  const withCamera = context.media === 'video' && !context.noCamera;
  const mark = withCamera ? cameraIcon : microphoneIcon;
  return html`<form
    part="card prejoin"
    class="card form"
    novalidate
    aria-labelledby="prejoin-title"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (isLoading) return;
      context.join(undefined, submittedName(event.currentTarget as HTMLFormElement));
    }}
  >
    ${logo(mark)}
    <h2 part="heading" class="heading" id="prejoin-title" tabindex="-1" data-focus>
      ${t('prejoinTitle', {room: context.room})}
    </h2>
    <ul part="text" class="facts">
      <li>${mark}${t(devicesText(context))}</li>
      <li>${doorIcon}${t('prejoinKnock')}</li>
    </ul>
    ${nameField(context)}
    ${button({label: t(isLoading ? 'loading' : 'join'), kind: 'primary', isBusy: isLoading})}
    ${checkButton(context)}
  </form>`;
}

/** What the browser will be asked for. */
export function devicesText({media, noCamera, noMicrophone}: PrejoinContext): TextKey {
  if (media === 'data') return 'asksNoDevice';
  if (noMicrophone) return media === 'audio' || noCamera ? 'asksNothing' : 'asksCamera';
  if (media === 'audio') return 'asksMicrophoneOnly';
  return noCamera ? 'asksMicrophone' : 'asksBoth';
}
