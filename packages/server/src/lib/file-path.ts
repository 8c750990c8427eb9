import { cleanFileName } from './file-name.ts'

/** Path of a file on this server. Its id cannot be guessed; the name at its end is for people and is not looked at. */
export const filePath = (accountId: number, id: string, name: string) =>
  `/files/${accountId}/${id}/${encodeURIComponent(cleanFileName(name) || 'file')}`

/** Of the picture that stands for somebody; null: there is none. */
export const avatarPath = (accountId: number, fileId: string | null): string | null =>
  fileId && filePath(accountId, fileId, 'avatar')
