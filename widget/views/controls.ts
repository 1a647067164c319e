/** The bar of a call: microphone, camera, what comes later, Leave. A button says what pressing it does, and why its device is missing. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LocalMediaState} from '../call/call-state.js';
import {cameraIcon, microphoneIcon} from '../icons.js';
import {errorLine, type TextKey, type Translate} from '../strings/catalogue.js';
import {cameraOffIcon, leaveIcon, microphoneOffIcon} from './call-icons.js';

type Device = 'microphone' | 'camera';

export interface ControlsContext {
  readonly translate: Translate;
  readonly media: 'video' | 'audio' | 'data';
  readonly local: LocalMediaState;
  /** While asking to be let in, or ringing somebody, Cancel is beside the question; Leave would be a second name for it. */
  readonly canLeave: boolean;
  /** Those that come later: what shares one's screen, what opens a panel. */
  readonly lateButtons: unknown;
  isBusy(control: Device | 'leave'): boolean;
  toggle(device: Device): void;
  leave(): void;
}

export function controlsView(context: ControlsContext): TemplateResult {
  const {translate: t, media, local, canLeave} = context;
  const {microphoneEnabled, cameraEnabled} = local;
  return html`<div part="controls" class="controls" role="group" aria-label=${t('controls')}>
    ${
      media === 'data'
        ? nothing
        : toggle(
            context,
            'microphone',
            microphoneEnabled ? microphoneIcon() : microphoneOffIcon(),
            microphoneEnabled ? 'turnMicrophoneOff' : 'turnMicrophoneOn',
          )
    }
    ${
      media === 'video'
        ? toggle(
            context,
            'camera',
            cameraEnabled ? cameraIcon() : cameraOffIcon(),
            cameraEnabled ? 'turnCameraOff' : 'turnCameraOn',
          )
        : nothing
    }
    ${context.lateButtons}
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

function toggle(
  {translate: t, local, isBusy, toggle: onToggle}: ControlsContext,
  device: Device,
  icon: TemplateResult,
  labelKey: TextKey,
): TemplateResult {
  const isOn = local[`${device}Enabled`];
  const problem = local[`${device}Problem`];
  const label = t(labelKey);
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
