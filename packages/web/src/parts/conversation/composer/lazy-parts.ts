import { lazy } from 'react'

/** What most visits never open should not weigh on the start of all of them. */
export const Tray = lazy(() => import('./Tray.tsx').then((module) => ({ default: module.Tray })))
export const loadRecorder = () => import('./Recorder.tsx')
export const Recorder = lazy(() => loadRecorder().then((module) => ({ default: module.Recorder })))
