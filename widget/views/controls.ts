/** The bar of a call: microphone, camera, Leave. A button says what pressing it does, and why its device is missing. */
import {html, nothing, type TemplateResult} from 'lit';
import type {CallError} from '../call/call-error.js';
import type {LocalMediaState} from '../call/call-state.js';
import {cameraIcon, microphoneIcon} from '../icons.js';
import {errorLine, type TextKey, type Translate} from '../strings/catalogue.js';
import {cameraOffIcon, leaveIcon, microphoneOffIcon} from './call-icons.js';

export interface ControlsContext {
  readonly translate: Translate;
  readonly media: 'video' | 'audio' | 'data';
  readonly local: LocalMediaState;
  /** While asking to be let in, Cancel is beside the question; Leave would be a second name for it. */
  readonly canLeave: boolean;
  isBusy(control: 'microphone' | 'camera' | 'leave'): boolean;
  toggleMicrophone(): void;
  toggleCamera(): void;
  leave(): void;
}

export function controlsView(context: ControlsContext): TemplateResult {
  const {translate: t, media, local, canLeave} = context;
  return html`<div part="controls" class="controls" role="group" aria-label=${t('controls')}>
    ${
      media !== 'data'
        ? toggle(context, {
            id: 'microphone',
            isOn: local.microphoneEnabled,
            icon: local.microphoneEnabled ? microphoneIcon() : microphoneOffIcon(),
            label: local.microphoneEnabled ? 'turnMicrophoneOff' : 'turnMicrophoneOn',
            problem: local.microphoneProblem,
            onClick: context.toggleMicrophone,
          })
        : nothing
    }
    ${
      media === 'video'
        ? toggle(context, {
            id: 'camera',
            isOn: local.cameraEnabled,
            icon: local.cameraEnabled ? cameraIcon() : cameraOffIcon(),
            label: local.cameraEnabled ? 'turnCameraOff' : 'turnCameraOn',
            problem: local.cameraProblem,
            onClick: context.toggleCamera,
          })
        : nothing
    }
    <slot name="controls"></slot>
    ${canLeave ? leaveButton(context) : nothing}
  </div>`;
}

function leaveButton({translate: t, isBusy, leave}: ControlsContext): TemplateResult {
  return html`<button
    part="button button-danger"
    class="button control leave"
    type="button"
    title=${t('leave')}
    aria-disabled=${isBusy('leave') ? 'true' : nothing}
    @click=${leave}
  >
    ${leaveIcon()}<span class="control-label">${t('leave')}</span>
  </button>`;
}

interface Toggle {
  readonly id: 'microphone' | 'camera';
  readonly isOn: boolean;
  readonly icon: TemplateResult;
  readonly label: TextKey;
  readonly problem: CallError | null;
  onClick(): void;
}

function toggle({translate: t, isBusy}: ControlsContext, control: Toggle): TemplateResult {
  const {id, isOn, icon, label, problem, onClick} = control;
  const problemText = problem && !isOn ? errorLine(t, problem.code, id) : null;
  return html`<button
    part="button button-${id}"
    class="button control"
    type="button"
    ?data-off=${!isOn}
    ?data-problem=${problemText !== null}
    aria-label=${t(label)}
    title=${problemText ?? t(label)}
    aria-describedby=${problemText === null ? nothing : `${id}-problem`}
    aria-disabled=${isBusy(id) ? 'true' : nothing}
    @click=${onClick}
  >
    ${icon}
    ${
      problemText === null
        ? nothing
        : html`<span class="visually-hidden" id="${id}-problem">${problemText}</span>`
    }
  </button>`;
}
