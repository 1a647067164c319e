/** What is told when another device is used than before: types only. */

export interface DeviceChange {
  readonly kind: MediaDeviceKind;
  /** Empty: whatever the system's default is. */
  readonly deviceId: string;
  /** As the browser calls it; empty if it does not say. */
  readonly label: string;
  /**
   * `chosen` by `selectDevice()`; `lost`: it stands in for another one that has gone; `returned`: that one is
   * back; `found`: there was none before.
   */
  readonly reason: 'chosen' | 'lost' | 'returned' | 'found';
  /** Of `lost` and `returned`: the name of what was used before. */
  readonly former?: string;
}
