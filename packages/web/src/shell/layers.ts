import { create } from 'zustand'

/** What may lie over the scene. */
interface Layers {
  notifications: boolean
  shortcuts: boolean
  palette: boolean
}

export const useLayers = create<Layers>()(() => ({ notifications: false, shortcuts: false, palette: false }))

export const setLayer = (layer: keyof Layers, isOpen: boolean) => useLayers.setState({ [layer]: isOpen })
