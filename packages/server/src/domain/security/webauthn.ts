/** Loaded when the first passkey is asked for: reading certificates is a third of all the code that a start would load. */
export const loadWebauthn = () => import('@simplewebauthn/server')
