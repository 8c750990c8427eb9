import type { Locator } from 'playwright-core'

/** Whether what is typed goes there. */
export const hasKeyboard = (place: Locator): Promise<boolean> => place.evaluate('(it) => it === document.activeElement')
