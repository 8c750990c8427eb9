/** Where pictures of the pages go (`npm run screens`); undefined in an ordinary test run, which takes none. */
export const picturesFolder = (): string | undefined => process.env.PARLEY_SCREENS || undefined
