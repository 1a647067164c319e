/**
 * The form of an element without a room: create one, or join one by its name. It checks that a
 * name was given; which names are taken is nobody's business but the relay's.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {cameraIcon, microphoneIcon, plusIcon} from '../icons.js';
import {isRoomNameTooLong, roomNameOf} from '../options.js';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';

export interface FormState {
  /** Somebody pressed "Create a new room". */
  readonly isCreating: boolean;
  readonly problem: 'roomNameMissing' | 'roomNameTooLong' | null;
}

export const INITIAL_FORM: FormState = {isCreating: false, problem: null};

export interface FormContext {
  readonly translate: Translate;
  readonly form: FormState;
  readonly media: 'video' | 'audio' | 'data';
  readonly hasOwnName: boolean;
  readonly typedName: string;
  readonly isLoading: boolean;
  setForm(change: Partial<FormState>): void;
  join(room?: string, name?: string): void;
  /** Opens the check before a call. */
  check(): void;
}

export function formView(context: FormContext): TemplateResult {
  const {translate: t, form, isLoading} = context;
  const {isCreating} = form;
  const submit = html`${button({
    label: isLoading ? t('loading') : t(isCreating ? 'create' : 'join'),
    kind: isCreating ? 'primary' : 'quiet',
    isBusy: isLoading,
  })}`;
  return html`<form
    part="card form"
    class="card form"
    novalidate
    aria-labelledby="form-title"
    @submit=${(event: SubmitEvent) => {
      onSubmit(event, context);
    }}
  >
    ${logo(isCreating ? plusIcon : context.media === 'audio' ? microphoneIcon : cameraIcon)}
    <h2 part="heading" class="heading" id="form-title" tabindex="-1" data-focus>
      ${t(isCreating ? 'createRoom' : 'formTitle')}
    </h2>
    <p part="text" class="text">${t(isCreating ? 'createHint' : 'formHint')}</p>
    ${
      isCreating
        ? nothing
        : html`${button({
              label: html`${plusIcon} ${t('createRoom')}`,
              kind: 'primary',
              onClick: () => {
                context.setForm({isCreating: true, problem: null});
              },
            })}
            <p part="divider" class="divider">${t('joinTitle')}</p>`
    }
    <div class="row">${roomField(context)} ${isCreating ? nothing : submit}</div>
    ${problemView(context)} ${nameField(context)}
    ${
      isCreating
        ? html`${submit}
          ${button({
            label: t('back'),
            onClick: () => {
              context.setForm(INITIAL_FORM);
            },
          })}`
        : checkButton(context)
    }
  </form>`;
}

/** The host's own, or the mark of the card. */
export function logo(mark: TemplateResult): TemplateResult {
  return html`<slot name="logo"><div part="mark" class="mark">${mark}</div></slot>`;
}

function roomField({translate: t, form, setForm}: FormContext): TemplateResult {
  return html`<div part="field" class="field">
    <label part="label" for="room">${t('roomName')}</label>
    <input
      part="input"
      id="room"
      name="room"
      type="text"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      enterkeyhint="go"
      placeholder=${t('roomPlaceholder')}
      aria-required="true"
      aria-invalid=${form.problem ? 'true' : nothing}
      aria-describedby=${form.problem ? 'room-problem' : nothing}
      @input=${() => {
        if (form.problem) setForm({problem: null});
      }}
    />
  </div>`;
}

function problemView({translate: t, form}: FormContext): TemplateResult {
  // Always there: a live region announces only what changes inside it.
  return html`<p
    part="problem"
    class="problem"
    id="room-problem"
    role="alert"
    .textContent=${form.problem ? t(form.problem) : ''}
  ></p>`;
}

/** Whether a call would work, before there is one. */
export function checkButton({
  translate: t,
  check,
}: Pick<FormContext, 'translate' | 'check'>): TemplateResult {
  return button({label: t('check'), kind: 'link', onClick: check});
}

/** The own name, for elements whose page has not given one. */
export function nameField(
  context: Pick<FormContext, 'translate' | 'hasOwnName' | 'typedName'>,
): TemplateResult | typeof nothing {
  const {translate: t, hasOwnName, typedName} = context;
  if (hasOwnName) return nothing;
  return html`<div part="field" class="field">
    <label part="label" for="name">${t('yourName')}</label>
    <input
      part="input"
      id="name"
      name="name"
      type="text"
      autocomplete="name"
      maxlength="80"
      .value=${typedName}
      aria-describedby="name-hint"
    />
    <span part="hint" class="hint" id="name-hint">${t('yourNameHint')}</span>
  </div>`;
}

/** The name typed into a submitted form; `undefined` if it did not ask. */
export function submittedName(form: HTMLFormElement): string | undefined {
  return form.querySelector<HTMLInputElement>('#name')?.value.trim();
}

function onSubmit(event: SubmitEvent, {isLoading, setForm, join}: FormContext): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>('#room');
  if (isLoading || !input) return;
  const room = roomNameOf(input.value);
  if (room === '' || isRoomNameTooLong(room)) {
    setForm({problem: room === '' ? 'roomNameMissing' : 'roomNameTooLong'});
    input.focus();
    return;
  }
  setForm({problem: null});
  join(room, submittedName(form));
}
