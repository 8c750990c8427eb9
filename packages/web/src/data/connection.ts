import { create } from 'zustand'

interface Connection {
  /** Is the event stream open, in this tab or in the one that reads it for all; null before it is first asked for. */
  isOpen: boolean | null
  /** Does the machine have a network at all. */
  hasNetwork: boolean
  /** When the server was last heard. */
  heardAt: number | null
  /**
   * Anything but the inbox's first page is read only once the stream has a number to start from (or cannot get one now):
   * what happened between an earlier read and that number would be in neither.
   */
  canRead: boolean
}

export const useConnection = create<Connection>()(() => ({
  isOpen: null,
  hasNetwork: navigator.onLine,
  heardAt: null,
  canRead: false,
}))

export const setStreamOpen = (isOpen: boolean | null) => useConnection.setState({ isOpen })
export const setHeard = (heardAt: number) => useConnection.setState({ heardAt })
export const setCanRead = (canRead: boolean) => useConnection.setState({ canRead })

/** Follows the browser's own idea of the network. */
export function watchNetwork(): () => void {
  const update = () => useConnection.setState({ hasNetwork: navigator.onLine })
  update()
  window.addEventListener('online', update)
  window.addEventListener('offline', update)
  return () => {
    window.removeEventListener('online', update)
    window.removeEventListener('offline', update)
  }
}
