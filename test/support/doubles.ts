/** Stands in for what the browser has, for as long as a test takes. */

export interface Doubles {
  /** In place of a method or property of the browser, until `restore()`. */
  put(target: object, name: string, descriptor: PropertyDescriptor): void;
  restore(): void;
}

export function doubles(): Doubles {
  const originals: (() => void)[] = [];
  return {
    put(target, name, descriptor) {
      const own = Object.getOwnPropertyDescriptor(target, name);
      Object.defineProperty(target, name, {configurable: true, ...descriptor});
      originals.push(() => {
        if (own) Object.defineProperty(target, name, own);
        else Reflect.deleteProperty(target, name);
      });
    },
    restore() {
      for (const restore of originals.splice(0).reverse()) restore();
    },
  };
}
