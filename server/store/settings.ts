/** Small values that all instances agree on. */
export interface SettingStore {
  /** The stored value, or the one that is made now; of several that are made at once, one wins. */
  settle(name: string, make: () => string): Promise<string>
}
