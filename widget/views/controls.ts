/** The bar of a call: microphone, camera, Leave. A button says what pressing it does, and why its device is missing. */
import {html, nothing, type TemplateResult} from 'lit';
import type {CallError} from '../call/call-error.js';
import type {LocalMediaState} from '../call/call-state.js';
import {cameraIcon, microphoneIcon} from '../icons.js';
import {errorLine, type Translate} from '../strings/catalogue.js';
import {cameraOffIcon, leaveIcon, microphoneOffIcon} from './call-icons.js';

type Device = 'microphone' | 'camera';

export interface ControlsContext {
  readonly translate: Translate;
  readonly media: 'video' | 'audio' | 'data';
  readonly local: LocalMediaState;
  /** While asking to be let in, Cancel is beside the question; Leave would be a second name for it. */
  readonly canLeave: boolean;
  isBusy(control: Device | 'leave'): boolean;
  toggle(device: Device): void;
  leave(): void;
}

export function controlsView(context: ControlsContext): TemplateResult {
  const {translate: t, media, local, canLeave} = context;
  const {microphoneEnabled, cameraEnabled} = local;
  return html`<div part="controls" class="controls" role="group" aria-label=${t('controls')}>
    ${
      media !== 'data'
        ? toggle(context, 'microphone', {
            isOn: microphoneEnabled,
            icon: microphoneEnabled ? microphoneIcon() : microphoneOffIcon(),
            label: t(microphoneEnabled ? 'turnMicrophoneOff' : 'turnMicrophoneOn'),
            problem: local.microphoneProblem,
          })
        : nothing
    }
    ${
      media === 'video'
        ? toggle(context, 'camera', {
            isOn: cameraEnabled,
            icon: cameraEnabled ? cameraIcon() : cameraOffIcon(),
            label: t(cameraEnabled ? 'turnCameraOff' : 'turnCameraOn'),
            problem: local.cameraProblem,
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
  readonly isOn: boolean;
  readonly icon: TemplateResult;
  readonly label: string;
  readonly problem: CallError | null;
}

function toggle(
  {translate: t, isBusy, toggle: onToggle}: ControlsContext,
  device: Device,
  {isOn, icon, label, problem}: Toggle,
): TemplateResult {
  const problemText = problem && !isOn ? errorLine(t, problem.code, device) : '';
  return html`<button
    part="button button-${device}"
    class="button control"
    type="button"
    ?data-off=${!isOn}
    ?data-problem=${problemText}
    aria-label=${label}
    title=${problemText || label}
    aria-describedby="${device}-problem"
    aria-disabled=${isBusy(device) ? 'true' : nothing}
    @click=${() => {
      onToggle(device);
    }}
  >
    ${icon}<span class="visually-hidden" id="${device}-problem">${problemText}</span>
  </button>`;
}
