import type { Locator } from 'playwright-core'

/** Whether what is typed goes there. */
export const hasKeyboard = async (place: Locator): Promise<boolean> =>
  (await place.and(place.page().locator(':focus')).count()) === 1
