/** The bar of a call: microphone, camera, screen, what comes later, Leave. A button says what pressing it does, and why its device is missing. */
import {html, nothing, type TemplateResult} from 'lit';
import type {CallHost} from '../call-surface.js';
import type {LocalMediaState} from '../call/call-state.js';
import {cameraIcon, microphoneIcon} from '../icons.js';
import {errorLine, type TextKey, type Translate} from '../strings/catalogue.js';
import {
  cameraOffIcon,
  leaveIcon,
  microphoneOffIcon,
  shareIcon,
  stopSharingIcon,
} from './call-icons.js';

type Toggle = 'microphone' | 'camera' | 'screen';

export interface ControlsContext {
  readonly translate: Translate;
  readonly media: 'video' | 'audio' | 'data';
  readonly local: LocalMediaState;
  /** While asking to be let in, or ringing somebody, Cancel is beside the question; Leave would be a second name for it. */
  readonly canLeave: boolean;
  readonly canShare: boolean;
  /** Those that come later: what opens a panel. */
  readonly lateButtons: unknown;
  isBusy(control: Toggle | 'leave'): boolean;
  toggle(control: Toggle): void;
  leave(): void;
}

export function controlsView(context: ControlsContext): TemplateResult {
  const {translate: t, media, local, canLeave, canShare} = context;
  const {microphoneEnabled, cameraEnabled} = local;
  return html`<div part="controls" class="controls" role="group" aria-label=${t('controls')}>
    ${
      media === 'data'
        ? nothing
        : toggle(
            context,
            'microphone',
            microphoneEnabled ? microphoneIcon : microphoneOffIcon,
            microphoneEnabled ? 'turnMicrophoneOff' : 'turnMicrophoneOn',
          )
    }
    ${
      media === 'video'
        ? toggle(
            context,
            'camera',
            cameraEnabled ? cameraIcon : cameraOffIcon,
            cameraEnabled ? 'turnCameraOff' : 'turnCameraOn',
          )
        : nothing
    }
    ${
      canShare
        ? toggle(
            context,
            'screen',
            local.screenSharing ? stopSharingIcon : shareIcon,
            local.screenSharing ? 'stopSharing' : 'shareScreen',
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
    part="button button-leave button-danger"
    class="button control leave"
    type="button"
    title=${t('leave')}
    aria-disabled=${isBusy('leave') ? 'true' : nothing}
    @click=${leave}
  >
    ${leaveIcon}<span class="control-label">${t('leave')}</span>
  </button>`;
}

function toggle(
  {translate: t, local, isBusy, toggle: onToggle}: ControlsContext,
  control: Toggle,
  icon: TemplateResult,
  labelKey: TextKey,
): TemplateResult {
  const isScreen = control === 'screen';
  const isOff = !isScreen && !local[`${control}Enabled`];
  const problem = isOff && local[`${control}Problem`];
  const label = t(labelKey);
  const problemText = problem ? errorLine(t, problem.detail ?? problem.code, control) : '';
  return html`<button
    part="button button-${control}"
    class="button control"
    type="button"
    ?data-off=${isOff}
    ?data-sharing=${isScreen && local.screenSharing}
    ?data-problem=${problemText}
    aria-label=${label}
    title=${problemText || label}
    aria-describedby="${control}-problem"
    aria-disabled=${isBusy(control) ? 'true' : nothing}
    @click=${() => {
      onToggle(control);
    }}
  >
    ${icon}<span class="visually-hidden" id="${control}-problem">${problemText}</span>
  </button>`;
}

/** Whether the page has chosen to have this button (`controls="microphone leave"`); all without a choice. */
export function isChosen({controls}: CallHost, name: string): boolean {
  return typeof controls !== 'string' || controls.split(/\s+/).includes(name);
}

/**
 * Hides the buttons that the page has not chosen. Past every rendering, for some of them come late and are
 * drawn elsewhere. Their second part says which they are.
 */
export function showChosen(host: CallHost, root: ParentNode = host.shadowRoot!): void {
  // Without a choice only those are to be shown again that an earlier one has hidden.
  const touched = typeof host.controls === 'string' ? '' : '[style]';
  const buttons = root.querySelectorAll<HTMLElement>(`:is(.control, .tool)${touched}`);
  buttons.forEach(({part, style}) => {
    style.display = isChosen(host, part[1]!.slice(7)) ? '' : 'none';
  });
}
