import { ApiRefusal } from './api.ts'
import { FileUnreadable } from './upload-file.ts'

/** True when trying again by itself would change nothing: a person has to. */
export const isRefusedForGood = (error: unknown): error is ApiRefusal | FileUnreadable =>
  error instanceof FileUnreadable || (error instanceof ApiRefusal && !isTemporary(error.status))

/** 401: the person logs in again, then it goes. */
const isTemporary = (status: number) => status >= 500 || status === 401 || status === 408 || status === 429
