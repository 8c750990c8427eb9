import { create } from 'zustand'
import { isRefusedForGood } from './refused-for-good.ts'
import { isLoggedOut, loseSession } from './session.ts'
import { uploadFile } from './upload-file.ts'
import { type UploadState, Uploads } from './uploads.ts'

type States = Readonly<Record<string, UploadState>>

const useStates = create<States>()(() => ({}))

/** The uploads of this tab. */
export const uploads = new Uploads({
  async send(blob, options) {
    try {
      return await uploadFile(blob, options)
    } catch (error) {
      if (isLoggedOut(error)) loseSession()
      throw error
    }
  },
  onChange(key, state) {
    const { [key]: _, ...others } = useStates.getState()
    useStates.setState(state ? { ...others, [key]: state } : others, true)
  },
})

/** Undefined: this tab does not bring it. */
export const useUpload = (key: string): UploadState | undefined => useStates((states) => states[key])

/** True when the server will not take one of them, however often it is asked. */
export const useHasRefusedUpload = (files: readonly { key: string }[]): boolean =>
  useStates((states) => files.some(({ key }) => isRefused(states[key])))

export const isRefused = (state: UploadState | undefined): boolean =>
  state?.phase === 'failed' && isRefusedForGood(state.error)
