/** All English texts in one object: what a translation starts from. The element itself loads them in parts. */
import {BLUR_TEXTS} from './blur-texts.js';
import {CALL_TEXTS} from './call-texts.js';
import {IDLE_TEXTS, type Strings} from './catalogue.js';
import {CHAT_TEXTS} from './chat-texts.js';
import {CHECK_TEXTS} from './check-texts.js';
import {DEVICE_PANEL_TEXTS} from './device-panel-texts.js';
import {DEVICE_TEXTS} from './device-texts.js';
import {FILES_TEXTS} from './files-texts.js';
import {LINK_TEXTS} from './link-texts.js';
import {OUTCOME_TEXTS} from './outcome-texts.js';
import {OVERLAY_TEXTS} from './overlay-texts.js';
import {PANEL_TEXTS} from './panel-texts.js';
import {PEOPLE_TEXTS} from './people-texts.js';
import {SCREEN_TEXTS} from './screen-texts.js';
import {SHORTCUT_TEXTS} from './shortcut-texts.js';
import {STAGE_TEXTS} from './stage-texts.js';

export const ENGLISH: Strings = {
  ...IDLE_TEXTS,
  ...BLUR_TEXTS,
  ...CALL_TEXTS,
  ...CHAT_TEXTS,
  ...CHECK_TEXTS,
  ...DEVICE_PANEL_TEXTS,
  ...DEVICE_TEXTS,
  ...FILES_TEXTS,
  ...LINK_TEXTS,
  ...OUTCOME_TEXTS,
  ...OVERLAY_TEXTS,
  ...PANEL_TEXTS,
  ...PEOPLE_TEXTS,
  ...SCREEN_TEXTS,
  ...SHORTCUT_TEXTS,
  ...STAGE_TEXTS,
};
