/** The panel in which devices are chosen and tried. Which there are and what becomes of a choice is `../device-panel.ts`. */
import {html, nothing, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {ChoiceKind} from '../call/chosen-devices.js';
import type {DeviceChoice} from '../device-list.js';
import type {TextKey, Translate} from '../strings/catalogue.js';

export interface DevicesContext {
  readonly translate: Translate;
  readonly media: 'video' | 'audio' | 'data';
  readonly isMicrophoneOn: boolean;
  readonly isCameraOn: boolean;
  /** `null`: this browser does not choose loudspeakers. */
  readonly speakers: DeviceChoice | null;
  devicesOf(kind: ChoiceKind): DeviceChoice;
  /** `null`: the camera cannot blur what is behind a person. */
  readonly isBlurred: boolean | null;
  readonly isSounding: boolean;
  choose(kind: ChoiceKind, deviceId: string): void;
  blur(isOn: boolean): void;
  playTestSound(): void;
}

const LABELS: Readonly<Record<ChoiceKind, TextKey>> = {
  camera: 'chooseCamera',
  microphone: 'chooseMicrophone',
  speaker: 'chooseSpeaker',
};

export function devicesView(context: DevicesContext): TemplateResult {
  const {translate: t, media, isMicrophoneOn, isCameraOn, speakers} = context;
  return html`<div class="devices">
    ${
      media === 'video'
        ? html`<section class="device">
            ${chooser(context, 'camera', context.devicesOf('camera'))}
            ${
              isCameraOn
                ? html`<video
                    part="video own-preview"
                    class="own-preview"
                    .muted=${true}
                    autoplay
                    playsinline
                    aria-hidden="true"
                    tabindex="-1"
                  ></video>`
                : html`<p part="hint" class="device-hint">${t('cameraOff')}</p>`
            }
            ${blurSwitch(context)}
          </section>`
        : nothing
    }
    <section class="device">
      ${chooser(context, 'microphone', context.devicesOf('microphone'))}
      <div part="level" class="level" data-level aria-hidden="true"></div>
      <p part="hint" class="device-hint">${t(isMicrophoneOn ? 'levelHint' : 'microphoneOff')}</p>
    </section>
    <section class="device">
      ${
        speakers
          ? chooser(context, 'speaker', speakers)
          : html`<p part="hint" class="device-hint">${t('speakerBySystem')}</p>`
      }
      <button
        part="button"
        class="button"
        type="button"
        aria-disabled=${context.isSounding ? 'true' : nothing}
        @click=${() => {
          context.playTestSound();
        }}
      >
        ${t('testSound')}
      </button>
    </section>
  </div>`;
}

function blurSwitch({translate: t, isBlurred, blur}: DevicesContext): unknown {
  if (isBlurred === null) return nothing;
  return html`<label part="label" class="switch">
    <input
      part="switch-blur"
      type="checkbox"
      role="switch"
      .checked=${live(isBlurred)}
      @change=${({currentTarget}: Event) => {
        blur((currentTarget as HTMLInputElement).checked);
      }}
    />
    <span>${t('blurBackground')}</span>
  </label>`;
}

function chooser(
  {translate: t, choose}: DevicesContext,
  kind: ChoiceKind,
  {isAny, devices}: DeviceChoice,
): TemplateResult {
  return html`<label part="field" class="field">
    <span part="label">${t(LABELS[kind])}</span>
    <select
      part="input"
      data-kind=${kind}
      ?disabled=${devices.length === 0}
      @change=${({currentTarget}: Event) => {
        choose(kind, (currentTarget as HTMLSelectElement).value);
      }}
    >
      <option value="">${t(isAny ? 'systemDefault' : 'noDevice')}</option>
      ${devices.map(
        ({deviceId, label}, index) =>
          html`<option value=${deviceId}>
            ${label || t('unnamedDevice', {count: index + 1})}
          </option>`,
      )}
    </select>
  </label>`;
}
