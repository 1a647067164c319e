/** The main entry: the element's class, the English texts and all types. Registers nothing; `define.ts` does. */
export {VideoChatRoom} from './video-chat-room.js';
export {CallError} from './call/call-error.js';
export {ENGLISH} from './strings/english.js';
export type {ElementEventName, VideoChatRoomEventMap} from './events.js';
export type {Strings, TextKey} from './strings/catalogue.js';
export type {CallMedia, DeviceChange, ErrorCode, EndReason, PeerRef} from './call.js';
export type {ChatDraft, ChatMessage, FileTransfer, SendFileOptions} from './call.js';
export type {
  CallState,
  CallStatus,
  Invitation,
  LocalMediaState,
  PeerState,
  Person,
  PersonState,
  Self,
  Quality,
  SignalingState,
} from './call.js';
